//! `POST /l/{launch}/sharing/give`: the person allows something.
//!
//! Where that needs access which outlasts the visit, the source is asked first (`leave.rs`); the consent is given on the way
//! back (`callback/standing.rs`), or not at all.

use std::sync::Arc;

use access::{Operation, Purpose, Sharing};
use app::desk::sharing::SharingAnswer;
use axum::extract::State;
use axum::response::Response;
use axum::{Extension, Form};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::Deserialize;

use super::leave::{self, Agreed};
use super::{event, name, told};
use crate::config::Launches;
use crate::gate::{self, Admitted};
use crate::rooms::Room;
use crate::routes::trouble;
use crate::sharing::{self, Allowed, Refused};
use crate::state::Server;

/// The form.
#[derive(Debug, Deserialize)]
pub struct GiveForm {
    source: String,
    purpose: String,
    /// The last day, empty for none.
    #[serde(default)]
    until: String,
}

/// Gives a consent, or asks the source first.
pub async fn give(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    Extension(room): Extension<Arc<Room>>,
    Form(form): Form<GiveForm>,
) -> Response {
    let ours = server.config.source(&form.source).filter(|source| *source.tenant == *room.launch.tenant.0);
    // What nothing is done by is not asked for, so no form of ours names it.
    let purpose = Purpose::of_code(&form.purpose).filter(|purpose| purpose.is_used());
    let (Some(config), Some(purpose)) = (ours, purpose) else {
        return trouble::no_such_page(State(server)).await;
    };
    let answer = |answer: &SharingAnswer| {
        let typed = [("source", &form.source), ("purpose", &form.purpose), ("until", &form.until)];
        let typed = typed.map(|(field, value)| (field.to_owned(), value.clone())).to_vec();
        told(&server, &room, answer, typed)
    };
    let Ok(until) = end(form.until.trim(), &room.time_zone, server.clock.now()) else {
        return answer(&SharingAnswer::BadDate);
    };
    let Some(by) = room.launch.viewer.user.clone() else { return answer(&SharingAnswer::NobodyDecides) };
    let shareable = match sharing::shareable(&server, &room, &config.id).await {
        Ok(shareable) => shareable,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let source_name = name(&server, &config.id);
    if shareable.patients.is_empty() {
        return answer(&SharingAnswer::ConnectFirst { source_name });
    }
    let (sharing, key) = (Sharing { purpose, until }, shareable.key(&room, &config.id));
    if purpose.carries_grants() {
        match server.standing.lookup(&key, server.clock.now()).await {
            // The access that another purpose has brought serves this one too.
            Ok(Some(_)) => {}
            Ok(None) => {
                if !config.launches.contains(&Launches::Standalone) {
                    return trouble::no_such_page(State(server)).await;
                }
                let agreed = Agreed { source: config.id.clone(), sharing };
                return leave::page(&server, &room, source_name, &agreed).await;
            }
            Err(error) => return trouble::internal(&server, &error).await,
        }
    }
    let event = event(&server, &admitted, &room, Operation::GiveConsent, (&config.id, &shareable));
    match sharing::give(&server, Allowed { key, sharing, by, event }).await {
        Ok(()) => answer(&SharingAnswer::Given { source_name, purpose }),
        Err(Refused::NotWritten(error)) => gate::unwritten(&server, &error).await,
        Err(Refused::Failed(error)) => trouble::internal(&server, &error).await,
    }
}

/// The end of the last day that was typed, as the tenant counts days; an error for one that is over, or no day.
fn end(typed: &str, zone: &TimeZone, now: Timestamp) -> Result<Option<Timestamp>, ()> {
    if typed.is_empty() {
        return Ok(None);
    }
    let last: Date = typed.parse().map_err(|_| ())?;
    let today = now.to_zoned(zone.clone()).date();
    // A consent for longer than a life is a slip of the hand.
    if last < today || last > today.saturating_add(100.years()) {
        return Err(());
    }
    let next = last.tomorrow().map_err(|_| ())?;
    next.to_zoned(zone.clone()).map(|midnight| Some(midnight.timestamp())).map_err(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(typed: &str) -> Result<Option<String>, ()> {
        let zone = TimeZone::get("America/Los_Angeles").expect("a zone");
        // Still the 20th in California.
        let now: Timestamp = "2026-11-21T06:00:00Z".parse().expect("a time");
        end(typed, &zone, now).map(|end| end.map(|end| end.to_string()))
    }

    #[test]
    fn a_consent_lasts_to_the_end_of_its_last_day_where_the_tenant_is() {
        assert_eq!(ends(""), Ok(None));
        assert_eq!(ends("2026-11-20"), Ok(Some("2026-11-21T08:00:00Z".to_owned())));
        assert_eq!(ends("2026-12-31"), Ok(Some("2027-01-01T08:00:00Z".to_owned())));
    }

    #[test]
    fn a_day_that_is_over_or_is_none_ends_nothing() {
        for typed in ["2026-11-19", "tomorrow", "2026-13-01", "2026-02-30", "9999-12-31", "2026-11"] {
            assert_eq!(ends(typed), Err(()), "{typed}");
        }
    }
}
