//! Somebody says how far a goal is reached.

use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Achieved, Achievement, Goal, Plan};
use crate::{EventKind, Id};

/// Says how far a goal is reached.
///
/// # Errors
/// A goal that is taken back or was never taken up; the same as before; a closed plan.
pub fn judge_goal(plan: &Plan, id: Id<Goal>, status: Achievement, act: &Act<'_>) -> Result<Changed, Refusal> {
    judged(Working::open(plan, act)?, id, status)
}

/// Says that what was said before was a mistake, and how far the goal is reached. Nothing happened to the person: who
/// counts is told so.
///
/// # Errors
/// A goal of which nothing was said; else as for a judgement.
pub fn correct_achievement(plan: &Plan, id: Id<Goal>, status: Achievement, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if working.goal(id)?.achievement.is_none() {
        return Err(Refusal::NoSuchPart { part: "achievement" });
    }
    working.corrects();
    judged(working, id, status)
}

fn judged(mut working: Working<'_>, id: Id<Goal>, status: Achievement) -> Result<Changed, Refusal> {
    use crate::plan::GoalStatus::{Cancelled, EnteredInError, Proposed, Rejected};
    let achieved = Achieved { status, by: working.act.by.clone(), at: working.act.at };
    let goal = working.goal(id)?;
    if matches!(goal.status, Cancelled | EnteredInError | Proposed | Rejected) {
        return Err(Refusal::Settled { part: "a goal", state: goal.status.code() });
    }
    if goal.achievement.as_ref().is_some_and(|achieved| achieved.status == status) {
        return Err(Refusal::Unchanged);
    }
    // What was reached and is kept is not reached once more.
    let reached_before = goal.achievement.as_ref().is_some_and(|achieved| achieved.status.is_reached());
    goal.achievement = Some(achieved);
    working.touch_goal(id);
    let what = if status.is_reached() && !reached_before { EventKind::GoalAchieved } else { EventKind::GoalChanged };
    working.tell(what, Of::Goal(id));
    Ok(working.done())
}
