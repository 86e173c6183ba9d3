//! A plan is closed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::check::{MAX_LONG, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Activity, ActivityStatus, Completion, Plan, PlanStatus};
use crate::{EventKind, Id};

/// How a plan is closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// Completed, revoked or entered in error.
    pub to: PlanStatus,
    /// What becomes of each open activity.
    pub open: BTreeMap<Id<Activity>, LeftOpen>,
}

/// What becomes of an activity that is open when its plan is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LeftOpen {
    /// It is not to be done any more.
    Cancel,
    /// It was done, on this day.
    Completed(Date),
}

/// Closes a plan, with the reason. What becomes of each open activity has to be said; a plan that was entered in error
/// takes them along.
///
/// # Errors
/// Open activities of which nothing was said; an answer about one that is not open; no reason; no way to that state, or
/// for an activity to be done that nobody had taken up.
pub fn close(plan: &Plan, closing: &Closing, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::any(plan, act);
    let (from, to) = (plan.status, closing.to);
    if !to.is_closed() || !from.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "a plan", from: from.code(), to: to.code() });
    }
    let mut problems = Problems::of(Some(plan));
    problems.required("/reason", act.reason.unwrap_or_default(), MAX_LONG);
    for (id, left) in &closing.open {
        let field = format!("/open/{id}");
        if !plan.activity(*id).is_some_and(|activity| activity.status.is_open()) {
            problems.push(field, Wrong::PointsNowhere);
        } else if matches!(left, LeftOpen::Completed(day) if *day > act.today) {
            problems.push(field, Wrong::InTheFuture);
        }
    }
    problems.ok()?;
    let open: Vec<_> = plan.open_activities().map(|activity| activity.id).collect();
    let unsaid: Vec<_> = open.iter().copied().filter(|id| !closing.open.contains_key(id)).collect();
    if to != PlanStatus::EnteredInError && !unsaid.is_empty() {
        return Err(Refusal::OpenActivities(unsaid));
    }
    let rejected = |id: &Id<Activity>| plan.activity(*id).is_some_and(|known| known.status == ActivityStatus::Rejected);
    let done = |left: &LeftOpen| matches!(left, LeftOpen::Completed(_));
    if closing.open.iter().any(|(id, left)| rejected(id) && done(left)) {
        let (from, to) = (ActivityStatus::Rejected.code(), ActivityStatus::Completed.code());
        return Err(Refusal::MayNotBecome { part: "an activity", from, to });
    }
    for id in open {
        let left = closing.open.get(&id).copied().unwrap_or(LeftOpen::Cancel);
        let activity = working.activity(id)?;
        let what = match left {
            LeftOpen::Cancel => {
                activity.status = ActivityStatus::Cancelled;
                activity.status_reason = act.reason.map(str::to_owned);
                EventKind::PlanRevised
            }
            LeftOpen::Completed(day) => {
                (activity.status, activity.status_reason) = (ActivityStatus::Completed, None);
                let (by, at) = (act.by.clone(), act.at);
                activity.completion = Some(Completion { by, at, day, outcome: None, performed: Vec::new() });
                EventKind::ActivityCompleted
            }
        };
        working.touch_activity(id);
        working.tell(what, Of::Activity(id));
    }
    working.plan.status = to;
    working.plan.status_reason = act.reason.map(str::to_owned);
    working.tell(EventKind::PlanClosed, Of::Plan);
    Ok(working.done())
}
