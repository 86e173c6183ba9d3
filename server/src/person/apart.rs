//! A source leaves a launch, or a record leaves a person.

use std::sync::Arc;

use access::person::{Ending, Hung, WhyEnded};
use access::{PatientAt, StoreError};
use care_plan_service::service::SOURCE;
use shared_plan::ports::Said;
use smart::Grant;

use super::rounds::part;
use super::{gather_for, home, of_launch};
use crate::rooms::Room;
use crate::routes::give_back;
use crate::shared_plan as plans;
use crate::state::Server;

/// Ends the reading of one source in one launch: the room forgets what came from it, and the grant is given back.
pub async fn disconnect(server: &Arc<Server>, room: &Room, source: &str) -> Result<(), StoreError> {
    // First of all: it is shown no more, also where the store does not answer.
    room.disconnect(source);
    let launch = &room.launch;
    let grant = server.grants.lookup(&launch.tenant, &launch.id, source).await?;
    server.grants.remove(&launch.tenant, &launch.id, source).await?;
    in_background(server, grant.map(|grant| (source.to_owned(), grant)));
    Ok(())
}

/// What came of taking a record out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// It was the person's, and is not any more.
    Split,
    /// It was not the person's.
    NotTheirs,
}

/// Takes a Patient away from the person of a launch, with everything that hung on it: in this launch and in every other.
pub async fn split(server: &Arc<Server>, room: &Room, at: &PatientAt, reason: &str) -> Result<Apart, StoreError> {
    let tenant = &room.launch.tenant;
    let person = of_launch(server, room).await?;
    if server.persons.lookup(tenant, at).await?.as_ref() != Some(&person) {
        return Ok(Apart::NotTheirs);
    }
    // First nobody sees any more what may be another person's; what came of an earlier join is in doubt, too.
    gather_for(server, tenant, &person).await?;
    let said = Said { by: plans::caller(server, room, None).await?.who, at: server.clock.now() };
    server.plan_store.whose.doubt(tenant, &person, at, &said).await?;
    let why = WhyEnded::Wrong { reason: reason.to_owned() };
    let ending = Ending { who: room.launch.viewer.user.clone(), when: server.clock.now(), why };
    // In its own step it does the same for what was written between the two.
    let split = server.persons.split(tenant, &person, at, &home(room), &ending).await?;
    let outcome = if split.is_some() { Apart::Split } else { Apart::NotTheirs };
    end_hung(server, split.map(|split| split.hung).unwrap_or_default()).await;
    part(server, tenant, &person, at).await.map(|()| outcome)
}

/// Ends elsewhere what a split or a join has ended in the store: screens that read by a consent which is over show nothing
/// more, and the sources are told. Rooms that read the Patient itself are looked after by their own rule
/// ([`super::keep_to_its_person`]).
pub async fn end_hung(server: &Arc<Server>, hung: Vec<Hung>) {
    // It stands in the store; where this fails, housekeeping does it, and until then the gate shows nothing.
    if let Err(error) = server.rooms.close_unshared(server).await {
        tracing::error!(%error, "it could not be seen whether open rooms are still shared");
    }
    let grants = hung.into_iter().filter_map(|hung| match hung {
        Hung::StandingGrant { source, content } => match Grant::from_bytes(&content) {
            Ok(grant) => Some((source, grant)),
            Err(error) => {
                tracing::error!(source, %error, "a standing grant that ended could not be given back");
                None
            }
        },
        Hung::Consent(_) | Hung::Launch { .. } => None,
    });
    in_background(server, grants);
}

/// True where a source may be read for a launch: its own, or one whose Patient is linked to its person.
pub async fn is_theirs(server: &Server, room: &Room, source: &str, patient: Option<&str>) -> Result<bool, StoreError> {
    let Some(patient) = patient else { return Ok(false) };
    if source == room.launch.source {
        return Ok(patient == room.launch.patient);
    }
    let tenant = &room.launch.tenant;
    // What is kept here hangs on the person, not on a Patient.
    if source == SOURCE {
        return Ok(server.persons.lookup(tenant, &home(room)).await?.is_some_and(|person| person.as_str() == patient));
    }
    let whose = server.persons.lookup(tenant, &PatientAt::new(source, patient)).await?;
    Ok(whose.is_some() && whose == server.persons.lookup(tenant, &home(room)).await?)
}

/// Gives grants back without letting anybody wait.
fn in_background(server: &Arc<Server>, grants: impl IntoIterator<Item = (String, Grant)>) {
    let grants: Vec<_> = grants.into_iter().collect();
    if grants.is_empty() {
        return;
    }
    let server = server.clone();
    tokio::spawn(async move { give_back(&server, grants).await });
}
