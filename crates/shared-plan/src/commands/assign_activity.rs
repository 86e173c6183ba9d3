//! Somebody is to do an activity.

use super::working::Working;
use super::{Act, Changed, Problem, Refusal, Wrong};
use crate::plan::{Activity, ActivityStatus, Member, Plan};
use crate::{EventKind, Id};

/// Gives an activity to a member of the team, or to nobody. What somebody had rejected is requested again.
///
/// # Errors
/// Somebody who is not in the team today; an activity that is over; the same as before; a closed plan.
pub fn assign_activity(
    plan: &Plan,
    id: Id<Activity>,
    to: Option<Id<Member>>,
    act: &Act<'_>,
) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    if let Some(to) = to {
        let member = plan.member(to).ok_or(Refusal::NoSuchPart { part: "member" })?;
        if !member.content.period.holds(act.today) {
            let later = member.content.period.start.is_some_and(|start| act.today < start);
            let wrong = if later { Wrong::InTheFuture } else { Wrong::InThePast };
            return Err(Refusal::Invalid(vec![Problem { field: "/member".to_owned(), wrong }]));
        }
    }
    let activity = working.activity(id)?;
    if !activity.status.is_open() {
        return Err(Refusal::Settled { part: "an activity", state: activity.status.code() });
    }
    if activity.assigned == to {
        return Err(Refusal::Unchanged);
    }
    activity.assigned = to;
    // Whoever had said yes or no to it was somebody else.
    if matches!(activity.status, ActivityStatus::Rejected | ActivityStatus::Accepted) {
        activity.status = ActivityStatus::Requested;
        activity.status_reason = None;
    }
    let state = activity.status.code();
    working.touch_activity(id);
    working.tell(EventKind::ActivityAssigned, Some(id.to_string()), Some(state));
    Ok(working.done())
}
