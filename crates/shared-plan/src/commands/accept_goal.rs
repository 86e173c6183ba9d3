//! Somebody says whether they support a goal.

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Acceptance, AcceptanceAnswer, Goal, Plan, Priority};
use crate::{EventKind, Id};

/// Keeps what the one who acts says to a goal, in the place of what they said before.
///
/// # Errors
/// The same as before; a goal that is over; a closed plan.
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
    let new = Acceptance { by: act.by.clone(), answer, priority, at: act.at };
    let mine = |said: &Acceptance| match (&said.by.user, &act.by.user) {
        (Some(before), Some(now)) => before == now,
        _ => said.by == *act.by,
    };
    match goal.acceptance.iter_mut().find(|said| mine(said)) {
        Some(said) if said.answer == answer && said.priority == priority => return Err(Refusal::Unchanged),
        Some(said) => *said = new,
        None => goal.acceptance.push(new),
    }
    working.touch_goal(id);
    working.tell(EventKind::GoalChanged, Of::Goal(id));
    Ok(working.done())
}
