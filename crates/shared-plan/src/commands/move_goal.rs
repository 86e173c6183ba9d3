//! A goal goes from one state to another.

use super::check::{MAX_LONG, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Goal, GoalStatus, Plan};
use crate::{EventKind, Id};

/// Moves a goal to another state. To give up, reject or take back a goal needs a reason. What is taken up again has no
/// achievement.
///
/// # Errors
/// No way from one to the other; no reason; a closed plan.
pub fn move_goal(plan: &Plan, id: Id<Goal>, to: GoalStatus, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let goal = working.goal(id)?;
    if goal.status == to {
        return Err(Refusal::Unchanged);
    }
    if !goal.status.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "a goal", from: goal.status.code(), to: to.code() });
    }
    let mut problems = Problems::of(Some(plan));
    let reason = act.reason.unwrap_or_default();
    if matches!(to, GoalStatus::Cancelled | GoalStatus::Rejected | GoalStatus::EnteredInError | GoalStatus::OnHold) {
        problems.required("/reason", reason, MAX_LONG);
    } else {
        problems.long("/reason", reason, MAX_LONG);
    }
    problems.ok()?;
    // What was over and is taken up again is judged anew: how far it was reached then says nothing of now, and what was
    // reached then would never be late again.
    if to.is_open() && !goal.status.is_open() {
        goal.achievement = None;
    }
    goal.status = to;
    goal.status_reason = act.reason.map(str::to_owned);
    working.touch_goal(id);
    working.tell(EventKind::GoalChanged, Of::Goal(id));
    Ok(working.done())
}
