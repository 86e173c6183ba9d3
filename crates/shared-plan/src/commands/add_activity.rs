//! An activity is added.

use super::check::{MAX_PARTS, Problems};
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Activity, ActivityContent, ActivityStatus, Plan};
use crate::{EventKind, Version};

/// Adds an activity that is to be done.
///
/// # Errors
/// What cannot stand; a closed plan.
pub fn add_activity(plan: &Plan, content: ActivityContent, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
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
        assigned: None,
        completion: None,
        notes: Vec::new(),
        content,
    });
    working.tell(EventKind::PlanRevised, Some(id.to_string()), Some(ActivityStatus::Requested.code()));
    Ok(working.revised())
}
