//! Access that outlasts the visit, for what the person agreed to share.
//!
//! Nothing of it is stored before everything fits: this browser's launch, the person themself, the Patient that is linked
//! to them at this source, and a token that lasts. What does not fit is given back to the source.

use std::sync::Arc;

use access::policy::{Context, Decision, LaunchOf, Way};
use access::{LaunchId, Operation, Outcome, PatientAt, Role, Sharing, decide};
use app::desk::sharing::SharingAnswer;
use axum::http::StatusCode;
use axum::response::Response;
use smart::{Granted, Scope};

use super::{Arrival, join, viewer};
use crate::gate::{self, Admitted, refusal};
use crate::rooms::Room;
use crate::routes::{give_back, sharing as page, trouble};
use crate::sharing::{self, Allowed, Refused};

/// Why a grant is not what was agreed to.
enum Unfit {
    /// Somebody else signed in there: staff, a carer, or another patient who may open the record.
    NotThePerson,
    /// It is for another Patient than the one who is linked to the person.
    OtherPatient,
    /// Nobody is linked there.
    NotConnected,
    /// It ends with the visit.
    NotLasting,
}

/// Gives the consent with its grant.
pub async fn arrive(
    arrival: &Arrival<'_>,
    launch: &LaunchId,
    sharing: Sharing,
    granted: Granted,
) -> Result<Response, Box<Response>> {
    let (server, client) = (arrival.server, arrival.client);
    let room = match join::room(arrival, launch).await {
        Ok(room) => room,
        Err(answer) => {
            back(arrival, granted);
            return Err(answer);
        }
    };
    if let Err(answer) = may(arrival, &room).await {
        back(arrival, granted);
        return Err(answer);
    }
    let source = client.source.as_str();
    let shareable = match sharing::shareable(server, &room, source).await {
        Ok(shareable) => shareable,
        Err(error) => {
            back(arrival, granted);
            return Err(arrival.internal(error).await);
        }
    };
    let event = page::event(server, arrival.admitted, &room, Operation::GiveConsent, (source, &shareable));
    let event =
        access::AuditEvent { who: room.launch.viewer.user.clone(), role: Some(room.launch.viewer.role), ..event };
    if let Some(unfit) = unfit(&granted, &shareable.patients) {
        let patient = granted.grant.patient.clone();
        back(arrival, granted);
        let event = match (&unfit, patient) {
            (Unfit::OtherPatient, Some(patient)) => {
                event.at(PatientAt::new(source, patient)).with(Outcome::PatientMismatch)
            }
            _ => event.with(Outcome::Failed),
        };
        arrival.write(&event).await?;
        return Ok(told(arrival, &room, unfit).await);
    }
    let source_name = page::name(server, source);
    let Some(by) = room.launch.viewer.user.clone() else {
        back(arrival, granted);
        return Ok(page::told(server, &room, &SharingAnswer::NobodyDecides, Vec::new()));
    };
    let (purpose, key) = (sharing.purpose, shareable.key(&room, source));
    match sharing::give_by_grant(server, Allowed { key, sharing, by, event }, granted.grant).await {
        Ok(()) => Ok(page::told(server, &room, &SharingAnswer::Given { source_name, purpose }, Vec::new())),
        Err(Refused::NotWritten(error)) => Err(Box::new(gate::unwritten(server, &error).await)),
        Err(Refused::Failed(error)) => Err(arrival.internal(error).await),
    }
}

/// Asks the policy again: what began at the form ends here, and only the person decides.
async fn may(arrival: &Arrival<'_>, room: &Arc<Room>) -> Result<(), Box<Response>> {
    let viewer = room.launch.viewer.clone();
    let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
    match decide(Some(&viewer), Operation::GiveConsent, &context) {
        Decision::Allowed => Ok(()),
        Decision::Refused(why) => {
            let asked = Admitted {
                operation: Operation::GiveConsent,
                viewer: Some(viewer),
                tenant: Some(room.launch.tenant.clone()),
                ..arrival.admitted.clone()
            };
            Err(Box::new(refusal::answer(arrival.server, &asked, Some(room), why).await))
        }
    }
}

fn unfit(granted: &Granted, patients: &[String]) -> Option<Unfit> {
    if patients.is_empty() {
        return Some(Unfit::NotConnected);
    }
    // Where the source says who signed in. A Person says nothing about the part they play.
    let user = granted.identity.as_ref().and_then(|identity| identity.fhir_user.as_ref());
    if user.is_some_and(|user| user.kind.role(Role::Patient) != Role::Patient) {
        return Some(Unfit::NotThePerson);
    }
    if granted.grant.patient.as_ref().is_none_or(|patient| !patients.contains(patient)) {
        return Some(Unfit::OtherPatient);
    }
    if user.is_some_and(|user| viewer::is_another_patient(user, granted.grant.patient.as_deref())) {
        return Some(Unfit::NotThePerson);
    }
    let offline = Scope::Other("offline_access".to_owned());
    let lasts = granted.grant.refresh_token.is_some() && granted.grant.scopes.contains(&offline);
    (!lasts).then_some(Unfit::NotLasting)
}

async fn told(arrival: &Arrival<'_>, room: &Arc<Room>, unfit: Unfit) -> Response {
    let source_name = page::name(arrival.server, &arrival.client.source);
    let answer = match unfit {
        Unfit::NotThePerson => SharingAnswer::NotThePerson { source_name },
        Unfit::NotConnected => SharingAnswer::ConnectFirst { source_name },
        Unfit::NotLasting => SharingAnswer::NoLastingAccess { source_name },
        Unfit::OtherPatient => {
            tracing::warn!(source = %arrival.client.source, "another person was chosen for sharing");
            return trouble::say(
                arrival.server,
                StatusCode::CONFLICT,
                "That is another person's record",
                &format!("Somebody else was chosen at {source_name} than the person of this plan. Nothing is shared, and nothing was stored."),
                "Go back to the page about sharing and choose the same person there.",
            )
            .await;
        }
    };
    page::told(arrival.server, room, &answer, Vec::new())
}

/// Gives back what is not used, without letting anybody wait.
fn back(arrival: &Arrival<'_>, granted: Granted) {
    let (server, source) = (arrival.server.clone(), arrival.client.source.clone());
    tokio::spawn(async move { give_back(&server, vec![(source, granted.grant)]).await });
}
