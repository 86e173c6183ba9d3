//! Somebody says how far a goal is reached.

use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Achieved, Achievement, Goal, Plan};
use crate::{EventKind, Id};

/// Says how far a goal is reached.
///
/// # Errors
/// A goal that is taken back or was never taken up; the same as before; a closed plan.
pub fn judge_goal(plan: &Plan, id: Id<Goal>, status: Achievement, act: &Act<'_>) -> Result<Changed, Refusal> {
    use crate::plan::GoalStatus::{Cancelled, EnteredInError, Proposed, Rejected};
    let mut working = Working::open(plan, act)?;
    let goal = working.goal(id)?;
    if matches!(goal.status, Cancelled | EnteredInError | Proposed | Rejected) {
        return Err(Refusal::Settled { part: "a goal", state: goal.status.code() });
    }
    if goal.achievement.as_ref().is_some_and(|achieved| achieved.status == status) {
        return Err(Refusal::Unchanged);
    }
    // What was reached and is kept is not reached once more.
    let reached_before = goal.achievement.as_ref().is_some_and(|achieved| achieved.status.is_reached());
    goal.achievement = Some(Achieved { status, by: act.by.clone(), at: act.at });
    working.touch_goal(id);
    let what = if status.is_reached() && !reached_before { EventKind::GoalAchieved } else { EventKind::GoalChanged };
    working.tell(what, Some(id.to_string()), Some(status.code()));
    Ok(working.done())
}
