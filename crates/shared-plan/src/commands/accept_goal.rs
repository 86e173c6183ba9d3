//! Somebody says whether they support a goal.

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Acceptance, AcceptanceAnswer, Goal, Plan, Priority};
use crate::{EventKind, Id};

/// Keeps what the one who acts says to a goal as it is worded now, in the place of what they said before.
///
/// # Errors
/// The same as before, to the same wording; a goal that is over; a closed plan.
pub fn accept_goal(
    plan: &Plan,
    id: Id<Goal>,
    answer: AcceptanceAnswer,
    priority: Option<Priority>,
    act: &Act<'_>,
) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let goal = working.goal(id)?;
    if !goal.status.is_open() {
        return Err(Refusal::Settled { part: "a goal", state: goal.status.code() });
    }
    let new = Acceptance { by: act.by.clone(), answer, priority, at: act.at, said_to: Some(goal.version) };
    let mine = |said: &Acceptance| match (&said.by.user, &act.by.user) {
        (Some(before), Some(now)) => before == now,
        _ => said.by == *act.by,
    };
    let is_same = |said: &Acceptance| (said.answer, said.priority) == (answer, priority) && goal.is_answered_by(said);
    match goal.acceptance.iter().position(mine) {
        Some(at) if is_same(&goal.acceptance[at]) => return Err(Refusal::Unchanged),
        Some(at) => goal.acceptance[at] = new,
        None => goal.acceptance.push(new),
    }
    working.touch_goal(id);
    working.tell(EventKind::GoalChanged, Of::Goal(id));
    Ok(working.done())
}
