//! The sources of a launch of the panel that are read by the tenant's own registration: those where the person is known,
//! and those where they are found for certain.
//!
//! Looking goes on in the background; the page says so, and what came of it. Nothing is joined silently: a match is a link
//! with its proof, and an event; one who is only likely is a question for a user.

use std::sync::{Arc, Weak};

use access::launch::OpenedBy;
use access::{AuditEvent, Launch, Operation, PatientAt, PersonId, StoreError};
use app::desk::Sighting;
use care_plan::snapshot::Status;
use fhir::{Resource, SourceId};
use futures::future::join_all;

use super::{backend, find, weigh};
use crate::rooms::Room;
use crate::state::Server;

/// Begins to read, for a launch that was opened from the panel; any other reads by what its user was granted.
pub async fn read_by_backend(server: &Arc<Server>, room: &Arc<Room>) -> Result<(), StoreError> {
    let launch = &room.launch;
    if launch.opened_by != OpenedBy::Panel {
        return Ok(());
    }
    let home = PatientAt::new(launch.source.as_str(), launch.patient.as_str());
    let Some(person) = server.persons.lookup(&launch.tenant, &home).await? else { return Ok(()) };
    let links = server.persons.links(&launch.tenant, &person).await?;
    let mut unknown = Vec::new();
    for source in backend::sources(server, &launch.tenant) {
        if room.reading.patient(&SourceId::new(source.id.as_str())).is_some() {
            continue;
        }
        // At the launch's own source it is the launch's own Patient.
        let known = links.iter().map(|link| &link.at).filter(|at| at.source == source.id);
        match known.max_by_key(|at| **at == home) {
            Some(at) => room.connect_backend(server, at),
            None => unknown.push(source.id.clone()),
        }
    }
    if !unknown.is_empty() {
        seek(server, room, person, unknown);
    }
    Ok(())
}

fn seek(server: &Arc<Server>, room: &Arc<Room>, person: PersonId, sources: Vec<String>) {
    for source in &sources {
        room.sightings.set(source, Some(Sighting::Looking));
    }
    let (server, weak_room) = (server.clone(), Arc::downgrade(room));
    let mut progress = room.reading.watch();
    tokio::spawn(async move {
        // The person must have been read at home before anybody can be asked for them.
        let home = loop {
            match home(&weak_room) {
                Home::Read(patient) => break Some(patient),
                Home::Unreadable => break None,
                Home::Pending if progress.changed().await.is_ok() => {}
                Home::Pending => return,
            }
        };
        let looks = sources.iter().map(|source| async {
            let sighting = match &home {
                Some(home) => look(&server, &weak_room, &person, home, source).await,
                None => Some(Sighting::NotAsked),
            };
            let Some(room) = weak_room.upgrade() else { return };
            let not_read = sighting.is_some();
            room.sightings.set(source, sighting);
            if not_read {
                // Nothing else of the reading changes, and open pages are to hear of it.
                room.reading.set_state(&SourceId::new(source.as_str()), Status::NotConnected);
            }
        });
        join_all(looks).await;
    });
}

enum Home {
    Pending,
    Read(Arc<Resource>),
    Unreadable,
}

/// The launch's own Patient, as far as it was read.
fn home(room: &Weak<Room>) -> Home {
    let Some(room) = room.upgrade() else { return Home::Unreadable };
    let snapshot = room.reading.snapshot();
    let Some(record) = snapshot.record(&SourceId::new(room.launch.source.as_str())) else { return Home::Unreadable };
    let mut patients = record.resources.iter().filter(|resource| resource.kind() == "Patient");
    match patients.find(|patient| patient.id() == room.launch.patient) {
        Some(patient) => Home::Read(patient.clone()),
        None if record.status() == Status::Pending => Home::Pending,
        None => Home::Unreadable,
    }
}

/// Asks one source, and reads it where the person was found there.
async fn look(
    server: &Arc<Server>,
    room: &Weak<Room>,
    person: &PersonId,
    home: &Resource,
    source: &str,
) -> Option<Sighting> {
    let Some(fhir) = backend::server_at(server, source) else { return Some(Sighting::NotAsked) };
    // Whoever is asked learns the person's name, so it is written down before, whatever comes of it.
    if let Err(error) = server.audit.write(&asking(server, &room.upgrade()?.launch, source)).await {
        tracing::error!(source, %error, "it could not be written down that a source is asked who the person is there");
        return Some(Sighting::NotAsked);
    }
    let named = match find::candidate(&fhir, home).await {
        Ok(Some(named)) => named,
        Ok(None) => return Some(Sighting::NotIdentified),
        Err(error) => {
            tracing::warn!(source, %error, "it could not be asked who the person is there");
            return Some(Sighting::NotAsked);
        }
    };
    match weigh::weigh(server, &room.upgrade()?, person, home, &fhir, &named).await {
        Ok(sighting) => sighting,
        Err(error) => {
            let error: &dyn std::error::Error = &error;
            tracing::error!(source, error, "it could not be seen who somebody is there");
            Some(Sighting::NotAsked)
        }
    }
}

/// An event in the person's own log: a source is told who they are.
fn asking(server: &Server, launch: &Launch, source: &str) -> AuditEvent {
    let event = AuditEvent::new(launch.tenant.clone(), Operation::OpenPerson, server.clock.now()).of_launch(launch);
    AuditEvent { source: Some(source.to_owned()), reason: Some("asked who this is there".to_owned()), ..event }
}
