//! A plan is closed, and what is in it ends with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::check::{MAX_LONG, Problems};
use super::happened::Of;
use super::working::Working;
use super::{Act, Changed, Refusal, Wrong};
use crate::plan::{Achieved, Achievement, Activity, ActivityStatus, Completion, Goal, GoalStatus, Plan, PlanStatus};
use crate::{EventKind, Id};

/// How a plan is closed.
#[derive(Debug, Clone, PartialEq)]
pub struct Closing {
    /// Completed, revoked or entered in error.
    pub to: PlanStatus,
    /// What becomes of each open activity.
    pub open: BTreeMap<Id<Activity>, LeftOpen>,
    /// What becomes of each open goal.
    pub open_goals: BTreeMap<Id<Goal>, GoalLeft>,
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

/// What becomes of a goal that is open when its plan is closed. One that is to go on is a goal of another plan: nobody
/// could mend or end it here any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalLeft {
    /// It is not pursued any more.
    Cancel,
    /// It is over, as far as it was reached.
    Completed,
    /// It is over, and reached.
    Achieved,
}

impl GoalLeft {
    /// The state that it ends in.
    pub fn ends(self) -> GoalStatus {
        match self {
            Self::Cancel => GoalStatus::Cancelled,
            Self::Completed | Self::Achieved => GoalStatus::Completed,
        }
    }
}

/// Closes a plan, with the reason. What becomes of each open activity and goal has to be said. A plan that was entered in
/// error takes everything in it along, whatever was said and however it had ended.
///
/// # Errors
/// Open activities or goals of which nothing was said; an answer about one that is not open; no reason; no way to that
/// state, for an activity to be done that nobody had taken up, or for a goal to be over that nobody had begun.
pub fn close(plan: &Plan, closing: &Closing, act: &Act<'_>) -> Result<Changed, Refusal> {
    let (from, to) = (plan.status, closing.to);
    if !to.is_closed() || !from.may_become(to) {
        return Err(Refusal::MayNotBecome { part: "a plan", from: from.code(), to: to.code() });
    }
    can_be_said(plan, closing, act)?;
    let mut working = Working::any(plan, act);
    if to == PlanStatus::EnteredInError {
        take_along(&mut working)?;
    } else {
        is_all_said(plan, closing)?;
        has_ways(plan, closing)?;
        for (activity, left) in plan.open_activities().filter_map(|one| Some((one.id, closing.open.get(&one.id)?))) {
            end_activity(&mut working, activity, *left)?;
        }
        for (goal, left) in plan.open_goals().filter_map(|one| Some((one.id, closing.open_goals.get(&one.id)?))) {
            end_goal(&mut working, goal, *left)?;
        }
    }
    working.plan.status = to;
    working.plan.status_reason = act.reason.map(str::to_owned);
    working.tell(EventKind::PlanClosed, Of::Plan);
    Ok(working.done())
}

/// Refuses answers about what is not open, and days that have not come.
fn can_be_said(plan: &Plan, closing: &Closing, act: &Act<'_>) -> Result<(), Refusal> {
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
    for id in closing.open_goals.keys() {
        if !plan.goal(*id).is_some_and(|goal| goal.status.is_open()) {
            problems.push(format!("/open_goals/{id}"), Wrong::PointsNowhere);
        }
    }
    problems.ok()
}

/// Refuses to close over something of which nothing was said.
fn is_all_said(plan: &Plan, closing: &Closing) -> Result<(), Refusal> {
    let activities = plan.open_activities().map(|activity| activity.id);
    let activities: Vec<_> = activities.filter(|id| !closing.open.contains_key(id)).collect();
    let goals: Vec<_> =
        plan.open_goals().map(|goal| goal.id).filter(|id| !closing.open_goals.contains_key(id)).collect();
    if activities.is_empty() && goals.is_empty() { Ok(()) } else { Err(Refusal::LeftOpen { activities, goals }) }
}

/// Closing goes around no way of an activity or a goal.
fn has_ways(plan: &Plan, closing: &Closing) -> Result<(), Refusal> {
    for (id, left) in &closing.open {
        let next = match left {
            LeftOpen::Cancel => ActivityStatus::Cancelled,
            LeftOpen::Completed(_) => ActivityStatus::Completed,
        };
        if let Some(activity) = plan.activity(*id).filter(|activity| !activity.status.may_become(next)) {
            let (from, to) = (activity.status.code(), next.code());
            return Err(Refusal::MayNotBecome { part: "an activity", from, to });
        }
    }
    for (id, left) in &closing.open_goals {
        if let Some(goal) = plan.goal(*id).filter(|goal| !goal.status.may_become(left.ends())) {
            let (from, to) = (goal.status.code(), left.ends().code());
            return Err(Refusal::MayNotBecome { part: "a goal", from, to });
        }
    }
    Ok(())
}

fn end_activity(working: &mut Working<'_>, id: Id<Activity>, left: LeftOpen) -> Result<(), Refusal> {
    let act = working.act;
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
    Ok(())
}

fn end_goal(working: &mut Working<'_>, id: Id<Goal>, left: GoalLeft) -> Result<(), Refusal> {
    let act = working.act;
    let goal = working.goal(id)?;
    goal.status = left.ends();
    goal.status_reason = match left {
        GoalLeft::Cancel => act.reason.map(str::to_owned),
        GoalLeft::Completed | GoalLeft::Achieved => None,
    };
    // What was reached and is kept is not reached once more.
    let reached_now = left == GoalLeft::Achieved && !goal.is_reached();
    if reached_now {
        goal.achievement = Some(Achieved { status: Achievement::Achieved, by: act.by.clone(), at: act.at });
    }
    working.touch_goal(id);
    working.tell(if reached_now { EventKind::GoalAchieved } else { EventKind::GoalChanged }, Of::Goal(id));
    Ok(())
}

/// Nothing of a plan that should never have been counts, done and reached things least of all: it may be another person's.
fn take_along(working: &mut Working<'_>) -> Result<(), Refusal> {
    let why = working.act.reason.map(str::to_owned);
    let activities = working.plan.activities.iter();
    let activities = activities.filter(|one| one.status != ActivityStatus::EnteredInError).map(|one| one.id);
    let goals = working.plan.goals.iter().filter(|one| one.status != GoalStatus::EnteredInError).map(|one| one.id);
    let (activities, goals): (Vec<_>, Vec<_>) = (activities.collect(), goals.collect());
    for id in activities {
        let activity = working.activity(id)?;
        (activity.status, activity.status_reason) = (ActivityStatus::EnteredInError, why.clone());
        working.touch_activity(id);
        working.tell(EventKind::PlanRevised, Of::Activity(id));
    }
    for id in goals {
        let goal = working.goal(id)?;
        (goal.status, goal.status_reason) = (GoalStatus::EnteredInError, why.clone());
        working.touch_goal(id);
        working.tell(EventKind::GoalChanged, Of::Goal(id));
    }
    Ok(())
}
