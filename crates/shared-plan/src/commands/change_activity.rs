//! What an activity says is changed.

use super::check::Problems;
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Activity, ActivityContent, Plan};
use crate::{EventKind, Id};

/// Puts new content in the place of the old one.
///
/// # Errors
/// What cannot stand; an activity that is over; a closed plan.
pub fn change_activity(
    plan: &Plan,
    id: Id<Activity>,
    content: ActivityContent,
    act: &Act<'_>,
) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let activity = working.activity(id)?;
    if !activity.status.is_open() {
        return Err(Refusal::Settled { part: "an activity", state: activity.status.code() });
    }
    let mut problems = Problems::of(Some(plan));
    problems.activity(&content);
    problems.ok()?;
    if activity.content == content {
        return Err(Refusal::Unchanged);
    }
    activity.content = content;
    working.touch_activity(id);
    working.tell(EventKind::PlanRevised, Of::Activity(id));
    Ok(working.revised())
}
