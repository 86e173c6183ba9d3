//! Somebody is to do an activity.

use super::happened::Of;
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
    in_the_team(plan, to, act)?;
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
    working.touch_activity(id);
    // What nobody does any more is not somebody's: who counts assignments is not told of one.
    let what = if to.is_some() { EventKind::ActivityAssigned } else { EventKind::PlanRevised };
    working.tell(what, Of::Activity(id));
    Ok(working.done())
}

/// Refuses somebody who is not in the team today.
pub(super) fn in_the_team(plan: &Plan, member: Option<Id<Member>>, act: &Act<'_>) -> Result<(), Refusal> {
    let Some(id) = member else { return Ok(()) };
    let member = plan.member(id).ok_or(Refusal::NoSuchPart { part: "member" })?;
    if member.content.period.holds(act.today) {
        return Ok(());
    }
    let later = member.content.period.start.is_some_and(|start| act.today < start);
    let wrong = if later { Wrong::InTheFuture } else { Wrong::InThePast };
    Err(Refusal::Invalid(vec![Problem { field: "/member".to_owned(), wrong }]))
}
