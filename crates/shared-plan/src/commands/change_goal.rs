//! What a goal says is changed.

use super::check::Problems;
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, NewTarget, Refusal, Wrong};
use crate::plan::{Goal, GoalContent, Plan};
use crate::{EventKind, Id};

/// Puts new content in the place of the old one; a target that is named by its id keeps it. What people had said to it they
/// had said to the former wording.
///
/// # Errors
/// What cannot stand; a goal that is over; a closed plan.
pub fn change_goal(
    plan: &Plan,
    id: Id<Goal>,
    content: GoalContent,
    targets: Vec<NewTarget>,
    act: &Act<'_>,
) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let goal = working.goal(id)?;
    if !goal.status.is_open() {
        return Err(Refusal::Settled { part: "a goal", state: goal.status.code() });
    }
    let mut problems = Problems::of(Some(plan));
    let mut seen = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        let Some(known) = target.id else { continue };
        let field = format!("/targets/{at}/id");
        if !goal.content.targets.iter().any(|target| target.id == known) {
            problems.push(field, Wrong::PointsNowhere);
        } else if seen.contains(&known) {
            problems.push(field, Wrong::Twice);
        }
        seen.push(known);
    }
    let content = GoalContent { targets: targets.into_iter().map(|target| target.with_id(act)).collect(), ..content };
    problems.goal(&content);
    problems.ok()?;
    if goal.content == content {
        return Err(Refusal::Unchanged);
    }
    (goal.content, goal.worded) = (content, Some(goal.version.next()));
    working.touch_goal(id);
    working.tell(EventKind::GoalChanged, Of::Goal(id));
    Ok(working.revised())
}
