//! Who read what, written before the answer: one event for each source that a page tells about.

use std::sync::Arc;

use access::{AuditEvent, Operation, PatientAt, StoreError};

use super::Admitted;
use crate::rooms::Room;
use crate::state::Server;

/// True where the answer shows a record of all sources, so that the gate itself writes the events.
///
/// What is about one source, or changes something, is written by who does it, with what came of it.
fn shows_all_sources(operation: Operation) -> bool {
    match operation {
        Operation::ReadPlan
        | Operation::ReadPlanData
        | Operation::ReadGoal
        | Operation::ReadSources
        | Operation::ReadConsents
        // Its pages show the person and offer what all records hold; of the plan itself the service writes its own.
        | Operation::ReadSharedPlan
        | Operation::ReadAudit => true,
        Operation::OpenStart
        | Operation::ReadHealth
        | Operation::ReadKeys
        | Operation::ReadFile
        | Operation::ChooseProvider
        | Operation::BeginLaunch
        | Operation::FinishLaunch
        | Operation::SignOut
        | Operation::ExtendSession
        | Operation::ReadSession
        | Operation::KeepTyped
        // The stream says that something has changed, never what.
        | Operation::FollowEvents
        | Operation::ChangeGoal
        | Operation::ConnectSource
        | Operation::RetrySource
        | Operation::DisconnectSource
        | Operation::ConfirmPerson
        | Operation::JoinPersons
        | Operation::SplitPerson
        | Operation::OpenPanel
        | Operation::OpenPerson
        | Operation::GiveConsent
        | Operation::RevokeConsent
        // The care plan service writes its own, with what came of it.
        | Operation::WriteSharedPlan
        | Operation::SignSharedPlan
        | Operation::ReportProgress
        | Operation::AnswerGoal
        | Operation::AddConcern
        | Operation::DecideIssue
        | Operation::CallCarePlanService => false,
    }
}

/// Writes the events of a read.
///
/// # Errors
/// Where they could not be written: then nothing may be shown.
pub async fn write(server: &Arc<Server>, admitted: &Admitted, room: &Room) -> Result<(), StoreError> {
    if !shows_all_sources(admitted.operation) {
        return Ok(());
    }
    let event = super::event(server, admitted, &room.launch.tenant, admitted.operation).of_launch(&room.launch);
    server.audit.write_all(&at_each_source(&event, room)).await
}

/// The same event at every source that the launch reads; at its own where it reads none.
fn at_each_source(event: &AuditEvent, room: &Room) -> Vec<AuditEvent> {
    let snapshot = room.reading.snapshot();
    let patients = snapshot
        .records
        .iter()
        .filter_map(|record| Some(PatientAt::new(record.source.id.as_str(), record.patient.as_deref()?)));
    let events: Vec<_> = patients.map(|patient| event.clone().at(patient)).collect();
    if events.is_empty() { vec![event.clone()] } else { events }
}
