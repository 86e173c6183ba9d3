//! An activity is done.

use jiff::civil::Date;

use super::check::Problems;
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Activity, ActivityStatus, Coded, Completion, Plan};
use crate::{EventKind, Foreign, Id};

/// That and how an activity was done.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Done {
    /// On which day.
    pub day: Date,
    /// What came of it.
    #[serde(default)]
    pub outcome: Option<Coded>,
    /// Resources at sources that show it.
    #[serde(default)]
    pub performed: Vec<Foreign>,
}

/// Says that an activity is done.
///
/// # Errors
/// A day that has not come yet; an activity that is over; a closed plan.
pub fn complete_activity(plan: &Plan, id: Id<Activity>, done: Done, act: &Act<'_>) -> Result<Changed, Refusal> {
    let mut working = Working::open(plan, act)?;
    let activity = working.activity(id)?;
    if !activity.status.may_become(ActivityStatus::Completed) {
        let (from, to) = (activity.status.code(), ActivityStatus::Completed.code());
        return Err(Refusal::MayNotBecome { part: "an activity", from, to });
    }
    let mut problems = Problems::of(Some(plan));
    if done.day > act.today {
        problems.push("/day", Wrong::InTheFuture);
    }
    if let Some(outcome) = &done.outcome {
        problems.coded("/outcome", outcome);
    }
    problems.foreigns("/performed", &done.performed);
    problems.ok()?;
    activity.status = ActivityStatus::Completed;
    activity.status_reason = None;
    activity.completion = Some(Completion {
        by: act.by.clone(),
        at: act.at,
        day: done.day,
        outcome: done.outcome,
        performed: done.performed,
    });
    working.touch_activity(id);
    working.tell(EventKind::ActivityCompleted, Of::Activity(id));
    Ok(working.done())
}
