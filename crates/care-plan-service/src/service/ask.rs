//! What is asked before anything is looked up.

use access::policy::{Context, Decision, LaunchOf, Way};
use access::{AuditEvent, Operation, Outcome, PatientAt, PersonId, StoreError, Viewer, decide};

use super::{Caller, Failure, SOURCE, Service};

impl Service {
    /// Refuses every write without the licence, before anything is looked up.
    pub(super) fn licensed(&self, caller: &Caller) -> Result<(), Failure> {
        if self.is_licensed(&caller.tenant) { Ok(()) } else { Err(Failure::NotLicensed) }
    }

    /// Asks the policy, and notes a refusal.
    ///
    /// # Errors
    /// The policy; the audit log.
    pub async fn allowed(&self, caller: &Caller, operation: Operation) -> Result<(), Failure> {
        let viewer = Viewer {
            user: caller.who.user.clone(),
            role: caller.role,
            name: Some(caller.who.name.clone()),
            fhir_user: None,
        };
        // Launch and token were verified before; whose plans they reach is asked of each plan.
        let context = Context { session: true, launch: LaunchOf::ThisSession, way: Way::OwnGrant };
        let Decision::Refused(why) = decide(Some(&viewer), operation, &context) else { return Ok(()) };
        let event = self.event(caller, operation, None).with(Outcome::Refused(why));
        self.audit.write(&event).await.map_err(Failure::Unaudited)?;
        Err(Failure::Refused(why))
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
