//! An activity goes from one state to another.

use super::check::{MAX_LONG, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal};
use crate::plan::{Activity, ActivityStatus, Plan};
use crate::{EventKind, Id};

/// Moves an activity to another state. That it is done is said by `complete_activity`.
///
/// # Errors
/// No way from one to the other; no reason where something is not done as planned; a closed plan.
pub fn move_activity(plan: &Plan, id: Id<Activity>, to: ActivityStatus, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let activity = working.activity(id)?;
    if activity.status == to {
        return Err(Refusal::Unchanged);
    }
    if !activity.status.may_become(to) || to == ActivityStatus::Completed {
        return Err(Refusal::MayNotBecome { part: "an activity", from: activity.status.code(), to: to.code() });
    }
    let mut problems = Problems::of(Some(plan));
    let reason = act.reason.unwrap_or_default();
    match to {
        ActivityStatus::Rejected
        | ActivityStatus::OnHold
        | ActivityStatus::Failed
        | ActivityStatus::Cancelled
        | ActivityStatus::EnteredInError => problems.required("/reason", reason, MAX_LONG),
        ActivityStatus::Draft
        | ActivityStatus::Requested
        | ActivityStatus::Accepted
        | ActivityStatus::InProgress
        | ActivityStatus::Completed => problems.long("/reason", reason, MAX_LONG),
    }
    problems.ok()?;
    activity.status = to;
    activity.status_reason = act.reason.map(str::to_owned);
    working.touch_activity(id);
    working.tell(EventKind::PlanRevised, Of::Activity(id));
    Ok(working.done())
}
