//! A reviewer gives the plan back.

use access::Role;

use super::check::{MAX_LONG, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::EventKind;
use crate::plan::{Plan, ReviewState};

/// Gives a plan back to its authors, with the reason. Whoever sent it may also take it back, without a role that was asked:
/// where it was approved before and nothing was changed since, it is again.
///
/// # Errors
/// The plan is not in review; the role was not asked; no reason.
pub fn ask_for_changes(plan: &Plan, role: Option<Role>, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if plan.review.state != ReviewState::InReview {
        return Err(Refusal::NotInReview);
    }
    if let Some(role) = role.filter(|role| !plan.review.asked.contains(role)) {
        return Err(Refusal::NotAsked(role));
    }
    let mut problems = Problems::of(Some(plan));
    problems.required("/reason", act.reason.unwrap_or_default(), MAX_LONG);
    problems.ok()?;
    match role {
        Some(_) => working.plan.review.give_back(),
        None => working.plan.review.take_back(),
    }
    working.tell(EventKind::PlanRevised, Of::Plan);
    Ok(working.done())
}
