//! What decisions ask for: about one issue there is one, and what a professional has settled is changed by those who answer
//! for the plan.

use access::Operation;
use shared_plan::commands::{Act, Refusal};
use shared_plan::decision::{Decision, DecisionStatus, NewDecision, decide, decide_anew};
use shared_plan::{ChangedEntry, Id};

use super::one::One;
use super::owner::owned_by_team;
use super::place::There;
use super::{Asked, SavedEntry};
use crate::service::{Caller, Failure, Service};

impl Service {
    /// Settles a detected issue. About one issue there is one decision: where one is in force, whoever settles it once more
    /// says with `asked.seen` that they have seen it; where it was taken back, it is settled anew.
    ///
    /// # Errors
    /// As [`Service::add_concern`]; stale where a decision is in force that was not seen.
    pub async fn decide(
        &self,
        caller: &Caller,
        new: NewDecision,
        asked: &Asked,
    ) -> Result<SavedEntry<Decision>, Failure> {
        let subject = new.issue.subject.clone();
        let place = One {
            tenant: new.tenant.clone(),
            person: new.person.clone(),
            is_same: Box::new(move |decision: &Decision| decision.is_about(&subject)),
            is_ended: |decision| decision.status != DecisionStatus::InForce,
            owner: said_by,
        };
        self.write(caller, Operation::DecideIssue, place, asked, |before: &Option<Decision>, act| match before {
            None => decide(new, act),
            Some(before) => decide_anew(before, new, act),
        })
        .await
    }

    /// Changes a decision by a command. What a professional has settled is changed by those who answer for the plan.
    ///
    /// # Errors
    /// As [`Service::change_concern`].
    pub async fn change_decision(
        &self,
        caller: &Caller,
        id: Id<Decision>,
        asked: &Asked,
        command: impl FnOnce(&Decision, &Act<'_>) -> Result<ChangedEntry<Decision>, Refusal> + Send,
    ) -> Result<SavedEntry<Decision>, Failure> {
        self.write(caller, Operation::DecideIssue, There { id, owner: said_by }, asked, command).await
    }
}

fn said_by(decision: &Decision) -> Option<Operation> {
    owned_by_team(&decision.by)
}
