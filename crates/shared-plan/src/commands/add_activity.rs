//! An activity is added.

use super::assign_activity::in_the_team;
use super::check::{MAX_PARTS, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Activity, ActivityContent, ActivityStatus, Member, Plan};
use crate::{EventKind, Id, Version};

/// Adds an activity that is to be done.
///
/// # Errors
/// What cannot stand; a closed plan.
pub fn add_activity(plan: &Plan, content: ActivityContent, act: &Act<'_>) -> Result<Changed, Refusal> {
    add_activity_for(plan, content, None, act)
}

/// Adds an activity that somebody of the team is to do.
///
/// # Errors
/// What cannot stand; somebody who is not in the team today; a closed plan.
pub fn add_activity_for(
    plan: &Plan,
    content: ActivityContent,
    assigned: Option<Id<Member>>,
    act: &Act<'_>,
) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    in_the_team(plan, assigned, act)?;
    let mut problems = Problems::of(Some(plan));
    problems.activity(&content);
    if plan.activities.len() >= MAX_PARTS {
        problems.push("", Wrong::TooLong { at_most: MAX_PARTS });
    }
    problems.ok()?;
    let id = act.fresh();
    working.plan.activities.push(Activity {
        id,
        version: Version::FIRST,
        at: act.at,
        status: ActivityStatus::Requested,
        status_reason: None,
        assigned,
        completion: None,
        notes: Vec::new(),
        content,
    });
    working.tell(EventKind::PlanRevised, Of::Activity(id));
    if assigned.is_some() {
        working.tell(EventKind::ActivityAssigned, Of::Activity(id));
    }
    Ok(working.revised())
}
