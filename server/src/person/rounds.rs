//! Rounds over the open rooms, so that each shows what is its own person's and nothing else.
//!
//! *Invariant:* one room that cannot be asked about stops no round. What could not be verified is shown there no more, and
//! the room is closed: whoever comes next opens it anew, which asks anew. All other rooms are looked at as ever.

use std::sync::Arc;

use access::{PatientAt, PersonId, StoreError, TenantId};
use care_plan_service::service::SOURCE;
use fhir::SourceId;

use super::{disconnect, is_theirs};
use crate::rooms::Room;
use crate::shared_plan as plans;
use crate::state::Server;

/// Takes out of a room what is not (any more) known to be its person's.
///
/// # Errors
/// The first of what could not be asked; none of it is shown any more.
pub async fn keep_to_its_person(server: &Arc<Server>, room: &Room) -> Result<(), StoreError> {
    let snapshot = room.reading.snapshot();
    let mut first = Ok(());
    for record in snapshot.records.iter().filter(|record| record.patient.is_some()) {
        let source = record.source.id.as_str();
        let kept = if source == SOURCE {
            plans::follow_its_person(server, room).await
        } else {
            keep_record(server, room, source, record.patient.as_deref()).await
        };
        first = first.and(verified(server, room, source, kept));
    }
    first
}

/// Looks after every open room that reads a Patient who was taken out of a person: those of the person lose the Patient,
/// one that was opened for the Patient loses the rest, and nobody goes on showing what is in doubt now.
///
/// # Errors
/// As [`keep_to_its_person`].
pub async fn part(
    server: &Arc<Server>,
    tenant: &TenantId,
    person: &PersonId,
    at: &PatientAt,
) -> Result<(), StoreError> {
    let plans_of_both = PatientAt::new(SOURCE, person.as_str());
    let mut first = Ok(());
    for room in server.rooms.all().into_iter().filter(|room| room.launch.tenant == *tenant) {
        if room.reads(at) {
            first = first.and(keep_to_its_person(server, &room).await);
        }
        // What is in doubt now was read before.
        if room.reads(&plans_of_both) {
            first = first.and(read_plans_anew(server, &room).await);
        }
    }
    first
}

/// Lets every open room of a tenant go on with the shared plan of its person, where persons were joined.
///
/// # Errors
/// As [`keep_to_its_person`].
pub async fn follow_persons(server: &Arc<Server>, tenant: &TenantId) -> Result<(), StoreError> {
    let mut first = Ok(());
    for room in server.rooms.all().into_iter().filter(|room| room.launch.tenant == *tenant) {
        let followed = plans::follow_its_person(server, &room).await;
        first = first.and(verified(server, &room, SOURCE, followed));
    }
    first
}

/// Looks over every open room: by way of another process a record may have been taken out of its person, or what hangs on
/// them have come to be in doubt, or to be theirs.
///
/// # Errors
/// As [`keep_to_its_person`].
pub async fn look_over(server: &Arc<Server>) -> Result<(), StoreError> {
    let mut first = Ok(());
    for room in server.rooms.all() {
        first = first.and(keep_to_its_person(server, &room).await);
        first = first.and(look_at_plans(server, &room).await);
    }
    first
}

/// Reads the shared plan of a room from the beginning, with what is not in doubt now.
///
/// # Errors
/// It could not be asked whose it is; it is shown no more.
pub async fn read_plans_anew(server: &Arc<Server>, room: &Room) -> Result<(), StoreError> {
    let connected = plans::connect(server, room).await;
    verified(server, room, SOURCE, connected)
}

async fn look_at_plans(server: &Arc<Server>, room: &Room) -> Result<(), StoreError> {
    let known = room.reading.patient(&SourceId::new(SOURCE)).and_then(|person| PersonId::parse(&person));
    let Some(person) = known else { return read_plans_anew(server, room).await };
    match server.plan_store.whose.in_doubt(&room.launch.tenant, &person).await {
        Ok(doubts) if doubts.is_empty() => Ok(()),
        Ok(_) => read_plans_anew(server, room).await,
        Err(error) => read_plans_anew(server, room).await.and(Err(error)),
    }
}

async fn keep_record(server: &Arc<Server>, room: &Room, source: &str, patient: Option<&str>) -> Result<(), StoreError> {
    if is_theirs(server, room, source, patient).await? {
        return Ok(());
    }
    tracing::info!(source, launch = %room.launch.id, "a record that is not the person's was taken out");
    disconnect(server, room, source).await
}

/// Where it could not be asked whose a record is, it is shown no more.
fn verified(server: &Server, room: &Room, source: &str, asked: Result<(), StoreError>) -> Result<(), StoreError> {
    if let Err(error) = &asked {
        let launch = &room.launch.id;
        tracing::error!(%error, source, %launch, "it could not be asked whose a record is: its launch is closed");
        if source == SOURCE {
            plans::disconnect(room);
        } else {
            room.disconnect(source);
        }
        server.rooms.close_launches(std::slice::from_ref(launch));
    }
    asked
}
