//! What is said of a member is changed, or they leave.

use super::check::Problems;
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Member, MemberContent, Plan};
use crate::{EventKind, Id};

/// Puts new content in the place of the old one. Who leaves gets an end of their period: nobody is taken out of a team,
/// so that it stays known who carried the plan.
///
/// # Errors
/// What cannot stand; the same as before; a closed plan.
pub fn change_member(plan: &Plan, id: Id<Member>, content: MemberContent, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let found = working.plan.team.members.iter_mut().find(|member| member.id == id);
    let member = found.ok_or(Refusal::NoSuchPart { part: "member" })?;
    let mut problems = Problems::of(Some(plan));
    problems.member(&content);
    problems.ok()?;
    if member.content == content {
        return Err(Refusal::Unchanged);
    }
    member.content = content;
    working.touch_team();
    // An activity says who does it: when they are somebody else, so is it.
    let theirs = working.plan.activities.iter().filter(|activity| activity.assigned == Some(id));
    let theirs: Vec<_> = theirs.map(|activity| activity.id).collect();
    theirs.into_iter().for_each(|activity| working.touch_activity(activity));
    working.tell(EventKind::PlanRevised, Of::Member(id));
    Ok(working.revised())
}
