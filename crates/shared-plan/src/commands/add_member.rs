//! Somebody joins the team.

use super::check::{MAX_PARTS, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::EventKind;
use crate::plan::{Member, MemberContent, Plan};

/// Adds a member to the team.
///
/// # Errors
/// What cannot stand; a closed plan.
pub fn add_member(plan: &Plan, content: MemberContent, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let mut problems = Problems::of(Some(plan));
    problems.member(&content);
    if plan.team.members.len() >= MAX_PARTS {
        problems.push("", Wrong::TooLong { at_most: MAX_PARTS });
    }
    problems.ok()?;
    let id = act.fresh();
    working.plan.team.members.push(Member { id, content });
    working.touch_team();
    working.tell(EventKind::PlanRevised, Of::Member(id));
    Ok(working.revised())
}
