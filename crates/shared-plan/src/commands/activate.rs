//! A plan comes into force.

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::EventKind;
use crate::plan::{Plan, PlanStatus, ReviewState};

/// Puts an approved draft into force. A plan in force that was revised is put into force again by its approval alone.
///
/// # Errors
/// The plan is no draft; it is not approved.
pub fn activate(plan: &Plan, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let (from, to) = (plan.status, PlanStatus::Active);
    if from != PlanStatus::Draft {
        return Err(Refusal::MayNotBecome { part: "a plan", from: from.code(), to: to.code() });
    }
    if plan.review.state != ReviewState::Approved {
        return Err(Refusal::NotApproved);
    }
    (working.plan.status, working.plan.status_reason) = (to, None);
    working.tell(EventKind::PlanRevised, Of::Plan);
    Ok(working.done())
}
