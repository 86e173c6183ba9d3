//! By which way a caller reaches a person: asked for each person, of the one policy, before anything is told or done.

use access::policy::{Context, Decision, LaunchOf, Way, Why};
use access::{AuditEvent, Operation, Outcome, PersonId, Role, StoreError, Viewer, decide};
use async_trait::async_trait;
use shared_plan::ports::Document;

use super::{Caller, Failure, People, Service};

/// Finds the way from somebody of the care team to a person, where no launch and no token has named the person.
#[async_trait]
pub trait Ways: Send + Sync {
    /// The way that stands now; [`Way::None`] where there is none, and for a person who is not there.
    ///
    /// # Errors
    /// The stores.
    async fn way(&self, caller: &Caller, person: &PersonId) -> Result<Way, StoreError>;
}

/// Who stands in for whoever is not there, so that they are asked about as everybody is.
pub(crate) fn nobody() -> PersonId {
    PersonId::from_random([0; 16])
}

/// Where nobody can find a way, nobody is reached.
pub(super) struct NoWays;

#[async_trait]
impl Ways for NoWays {
    async fn way(&self, _: &Caller, _: &PersonId) -> Result<Way, StoreError> {
        Ok(Way::None)
    }
}

impl Service {
    /// True where a way leads the caller to this person.
    ///
    /// # Errors
    /// The stores.
    pub async fn reaches(&self, caller: &Caller, person: &PersonId) -> Result<bool, Failure> {
        let way = match &caller.people {
            People::Only(only) if only == person => Way::OwnGrant,
            People::Only(_) => Way::None,
            People::All => Way::Registration,
            People::ByWay => self.ways.way(caller, person).await?,
        };
        Ok(decided(caller, Operation::ReadSharedPlan, way).is_none())
    }

    /// The document, where a way leads the caller to its person. What is not there is asked about in the same way: who
    /// counts the time shall not learn that somebody is.
    ///
    /// # Errors
    /// The stores.
    pub(super) async fn within_reach(
        &self,
        caller: &Caller,
        found: Option<Document>,
    ) -> Result<Option<Document>, Failure> {
        let nobody = nobody();
        let person = found.as_ref().map_or(&nobody, |document| &document.person);
        let reaches = self.reaches(caller, person).await?;
        Ok(found.filter(|_| reaches))
    }

    /// Asks the policy whether this caller may do it at all, and notes a refusal. Whom they reach is asked for each person.
    ///
    /// # Errors
    /// The policy; the audit log.
    pub async fn allowed(&self, caller: &Caller, operation: Operation) -> Result<(), Failure> {
        let best = match (&caller.people, caller.role) {
            (People::Only(_), _) => Way::OwnGrant,
            (People::All, _) => Way::Registration,
            (People::ByWay, Role::Clinician) => Way::Treatment,
            (People::ByWay, Role::Coordinator | Role::Patient | Role::Carer) => Way::SharedGrant,
        };
        let Some(why) = decided(caller, operation, best) else { return Ok(()) };
        let event = self.event(caller, operation, None).with(Outcome::Refused(why));
        self.audit.write(&event).await.map_err(Failure::Unaudited)?;
        Err(Failure::Refused(why))
    }

    /// Writes that a call was refused at the door, before the service was asked: `what` was asked for, and which call it was.
    ///
    /// # Errors
    /// The audit log.
    pub async fn note_refusal(
        &self,
        caller: &Caller,
        what: Option<String>,
        call: &str,
        outcome: Outcome,
    ) -> Result<(), Failure> {
        let event = self.event(caller, Operation::CallCarePlanService, None).with(outcome);
        let event = AuditEvent { what, reason: Some(call.to_owned()), ..event };
        self.audit.write(&event).await.map_err(Failure::Unaudited)
    }
}

fn decided(caller: &Caller, operation: Operation, way: Way) -> Option<Why> {
    let viewer = Viewer {
        user: caller.who.user.clone(),
        role: caller.role,
        name: Some(caller.who.name.clone()),
        fhir_user: None,
    };
    // Launch and token were verified before.
    let context = Context { session: true, launch: LaunchOf::ThisSession, way };
    match decide(Some(&viewer), operation, &context) {
        Decision::Allowed => None,
        Decision::Refused(why) => Some(why),
    }
}
