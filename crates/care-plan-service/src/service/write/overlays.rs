//! What overlays ask for: those who may change a goal keep an edit that its source does not take, one on a target.

use access::{Operation, Role};
use shared_plan::commands::{Act, Refusal};
use shared_plan::overlay::{NewOverlay, Overlay, OverlayStatus, lay, lay_anew, mark_taken, revise};
use shared_plan::{ChangedEntry, Id};

use super::one::One;
use super::owner::{owned_by_nobody, owned_by_team};
use super::place::There;
use super::{Asked, SavedEntry};
use crate::service::{Caller, Failure, Service};

impl Service {
    /// Asks the policy whether a caller may keep edits that a source does not take, before it is looked up whose.
    ///
    /// # Errors
    /// The policy; the audit log.
    pub async fn allowed_to_edit(&self, caller: &Caller) -> Result<(), Failure> {
        self.allowed(caller, editing(caller.role)).await
    }

    /// Keeps an edit that a source did not take. On one target there is one: where one stands, whoever lays another says
    /// with `asked.seen` that they have seen it; where one has ended, it is laid anew.
    ///
    /// # Errors
    /// As [`Service::add_concern`]; stale where an overlay stands there that was not seen.
    pub async fn lay_overlay(
        &self,
        caller: &Caller,
        new: NewOverlay,
        asked: &Asked,
    ) -> Result<SavedEntry<Overlay>, Failure> {
        let (target, index) = (new.target.clone(), new.target_index);
        let place = One {
            tenant: new.tenant.clone(),
            person: new.person.clone(),
            is_same: Box::new(move |overlay: &Overlay| overlay.is_on(&target, index)),
            is_ended: |overlay| overlay.status != OverlayStatus::Standing,
            owner: said_by,
        };
        self.write(caller, editing(caller.role), place, asked, |before: &Option<Overlay>, act| match before {
            None => lay(new, act),
            Some(one) if one.status == OverlayStatus::Standing => {
                revise(one, new.target.version, new.changes, new.note, act)
            }
            Some(ended) => lay_anew(ended, new, act),
        })
        .await
    }

    /// Changes an overlay by a command. The person changes their own; those who answer for the plan change all.
    ///
    /// # Errors
    /// As [`Service::change_concern`].
    pub async fn change_overlay(
        &self,
        caller: &Caller,
        id: Id<Overlay>,
        asked: &Asked,
        command: impl FnOnce(&Overlay, &Act<'_>) -> Result<ChangedEntry<Overlay>, Refusal> + Send,
    ) -> Result<SavedEntry<Overlay>, Failure> {
        self.write(caller, editing(caller.role), There { id, owner: said_by }, asked, command).await
    }

    /// Notes that the source of an overlay's target says the same now. That is what a reading has found, whoever read.
    ///
    /// # Errors
    /// As [`Service::change_concern`].
    pub async fn overlay_taken(
        &self,
        caller: &Caller,
        id: Id<Overlay>,
        asked: &Asked,
    ) -> Result<SavedEntry<Overlay>, Failure> {
        let place = There { id, owner: owned_by_nobody };
        self.write(caller, Operation::AnswerGoal, place, asked, mark_taken).await
    }
}

/// Which operation an edit of a foreign resource is: what the person says of their goal, or the work of those who answer
/// for the plan.
fn editing(role: Role) -> Operation {
    match role {
        Role::Patient => Operation::AnswerGoal,
        Role::Clinician | Role::Coordinator | Role::Carer => Operation::WriteSharedPlan,
    }
}

fn said_by(overlay: &Overlay) -> Option<Operation> {
    owned_by_team(&overlay.by)
}
