//! Who the person is, kept by the consent for the care team, so that a panel lists people without reading a source.

use std::sync::Arc;
use std::time::Duration;

use access::summary::SUMMARY;
use access::{ConsentId, KeptItem, PersonSummary, StandingKey};
use care_plan::Snapshot;
use care_plan::snapshot::Record;
use jiff::{SignedDuration, Timestamp};
use smart::Grant;

use crate::sources;
use crate::state::Server;
use crate::tokens::standing;

/// How long the answer waits for it. A panel that finds none says so.
const PATIENCE: Duration = Duration::from_secs(3);

/// Reads the person's Patient by the standing grant, which also shows that the grant works, and keeps what a panel shows.
///
/// Nothing of another source is kept by this consent.
pub async fn keep(server: &Server, key: &StandingKey, consent: &ConsentId, until: Option<Timestamp>) {
    let kept = async {
        let Some(summary) = read(server, key).await else { return Ok(false) };
        let item = KeptItem {
            consent: consent.clone(),
            until: until.unwrap_or_else(|| as_long_as_the_consent(server.clock.now())),
            content: summary.to_bytes(),
        };
        server.kept_items.put(key, SUMMARY, &item, server.clock.now()).await
    };
    match tokio::time::timeout(PATIENCE, kept).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) | Err(_) => tracing::warn!(source = %key.source, "no summary of a person could be kept"),
        Ok(Err(error)) => tracing::error!(source = %key.source, %error, "no summary of a person could be kept"),
    }
}

/// It goes with its consent; this is only longer than anybody lives.
fn as_long_as_the_consent(now: Timestamp) -> Timestamp {
    now.saturating_add(SignedDuration::from_hours(150 * 366 * 24)).expect("a duration without calendar units")
}

async fn read(server: &Server, key: &StandingKey) -> Option<PersonSummary> {
    let config = server.config.source(&key.source)?;
    let held = server.standing.lookup(key, server.clock.now()).await.ok()??;
    let patient = Grant::from_bytes(&held.content).ok()?.patient?;
    let read = standing::server_at(server, key)?.read("Patient", &patient).await;
    let resource = read
        .map_err(|error| tracing::warn!(source = %key.source, %error, "the Patient could not be read"))
        .ok()?
        .resource;
    let today = server.clock.now().to_zoned(jiff::tz::TimeZone::UTC).date();
    let record = Record {
        source: sources::source(config),
        patient: Some(patient),
        resources: vec![Arc::new(resource)],
        problems: Vec::new(),
        reads: Vec::new(),
        state: None,
        as_of: Some(server.clock.now()),
    };
    let plan = care_plan::consolidate(&Snapshot { records: vec![record] }, &care_plan::Decisions::default(), today);
    plan.people.first().map(app::sections::summary)
}
