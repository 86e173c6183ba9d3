//! What is asked before anything is looked up.

use access::{AuditEvent, Operation, Outcome, PatientAt, PersonId, StoreError};
use shared_plan::ports::{Key, Kind};

use super::{Caller, Failure, SOURCE, Service};

impl Service {
    /// Refuses every write without the licence, before anything is looked up.
    pub(super) fn licensed(&self, caller: &Caller) -> Result<(), Failure> {
        if self.is_licensed(&caller.tenant) { Ok(()) } else { Err(Failure::NotLicensed) }
    }

    /// Writes what is about to be told or done.
    pub(super) async fn note(
        &self,
        caller: &Caller,
        operation: Operation,
        person: Option<&PersonId>,
    ) -> Result<(), Failure> {
        self.audit.write(&self.event(caller, operation, person)).await.map_err(Failure::Unaudited)
    }

    /// The same of one document, which is named.
    pub(super) async fn note_of(
        &self,
        caller: &Caller,
        operation: Operation,
        person: &PersonId,
        key: &Key,
    ) -> Result<(), Failure> {
        let event = AuditEvent { what: Some(name_of(key)), ..self.event(caller, operation, Some(person)) };
        self.audit.write(&event).await.map_err(Failure::Unaudited)
    }

    /// Writes that what was noted could not be done. The first event stands, so the log never says less than was done.
    pub(super) async fn note_failed(&self, caller: &Caller, operation: Operation, person: Option<&PersonId>) {
        let event = self.event(caller, operation, person).with(Outcome::Failed);
        let written: Result<(), StoreError> = self.audit.write(&event).await;
        if let Err(error) = written {
            tracing::error!(%error, "that a change failed could not be written into the audit log");
        }
    }

    pub(super) fn event(&self, caller: &Caller, operation: Operation, person: Option<&PersonId>) -> AuditEvent {
        let event = AuditEvent::new(caller.tenant.clone(), operation, self.clock.now());
        AuditEvent {
            who: caller.who.user.clone(),
            role: Some(caller.role),
            patient: person.map(|person| PatientAt::new(SOURCE, person.as_str())),
            source: Some(SOURCE.to_owned()),
            launch: caller.launch.clone(),
            request: caller.request.clone(),
            ..event
        }
    }
}

/// A document as the log names it: by the FHIR type that it is shown as.
fn name_of(key: &Key) -> String {
    let kind = match key.kind {
        Kind::Plan => "CarePlan",
        Kind::Concern => "Condition",
        Kind::Overlay => "Basic",
        Kind::Decision => "DetectedIssue",
    };
    format!("{kind}/{}", key.id)
}
