//! What others are told of a change, with the codes, ids and days as they are after it.

use crate::facts::{Before, Facts};
use crate::plan::{Activity, Goal, Member, Period, Plan};
use crate::ports::{Due, DueKind};
use crate::{EventKind, Id};

/// Code of what should never have been, in every table of states.
const IN_ERROR: &str = "entered-in-error";

/// Something that others are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// What.
    pub what: EventKind,
    /// To which part.
    pub part: Option<String>,
    /// The code of the state after it.
    pub state: Option<&'static str>,
    /// What else there is to know.
    pub facts: Facts,
}

/// What something happened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Plan,
    Goal(Id<Goal>),
    Activity(Id<Activity>),
    Member(Id<Member>),
}

/// The codes and days of a thing.
#[derive(Default)]
struct Seen {
    state: Option<&'static str>,
    achievement: Option<&'static str>,
    review: Option<&'static str>,
    assigned: Option<String>,
    period: Period,
}

impl Happened {
    /// What happened to a plan or a part of it; `before` is the plan as it was, where there was one.
    pub(crate) fn to(before: Option<&Plan>, now: &Plan, what: EventKind, of: Of) -> Self {
        let was = before.and_then(|before| seen(before, of));
        let is = seen(now, of).unwrap_or_default();
        let part = match of {
            Of::Plan => None,
            Of::Goal(id) => Some(id.to_string()),
            Of::Activity(id) => Some(id.to_string()),
            Of::Member(id) => Some(id.to_string()),
        };
        let correction = is.state == Some(IN_ERROR) && was.as_ref().is_none_or(|was| was.state != is.state);
        let code = |code: Option<&'static str>| code.map(str::to_owned);
        let had = was.filter(|was| was.state.is_some());
        let facts = Facts {
            achievement: code(is.achievement),
            review: code(is.review),
            assigned: is.assigned,
            before: had.map(|was| Before {
                state: code(was.state),
                achievement: code(was.achievement),
                review: code(was.review),
            }),
            period: is.period,
            plan_period: now.content.period,
            programme_version: now.programme().and_then(|programme| programme.version),
            correction,
        };
        Self { what, part, state: is.state, facts }
    }

    /// What happened to an entry; `before` is the code of its state, where there was one.
    pub(crate) fn to_entry(what: EventKind, before: Option<&'static str>, state: &'static str) -> Self {
        let was = |state: &str| Before { state: Some(state.to_owned()), ..Before::default() };
        let correction = state == IN_ERROR || what == EventKind::DecisionWithdrawn;
        let facts = Facts { before: before.map(was), correction, ..Facts::default() };
        Self { what, part: None, state: Some(state), facts }
    }

    /// What the passing of time has brought to a plan as it is.
    pub fn late(plan: &Plan, due: &Due) -> Self {
        let (what, of) = match due.what {
            DueKind::GoalOverdue => (EventKind::GoalOverdue, Id::parse(&due.part).map(Of::Goal)),
            DueKind::ActivityOverdue => (EventKind::ActivityOverdue, Id::parse(&due.part).map(Of::Activity)),
            DueKind::ReviewDue => (EventKind::ReviewDue, Some(Of::Plan)),
        };
        let happened = Self::to(Some(plan), plan, what, of.unwrap_or(Of::Plan));
        Self { part: Some(due.part.clone()), ..happened }
    }
}

fn seen(plan: &Plan, of: Of) -> Option<Seen> {
    let seen = match of {
        Of::Plan => Seen {
            state: Some(plan.status.code()),
            review: Some(plan.review.state.code()),
            period: plan.content.period,
            ..Seen::default()
        },
        Of::Goal(id) => {
            let goal = plan.goal(id)?;
            let due = goal.content.targets.iter().filter_map(|target| target.due).max();
            Seen {
                state: Some(goal.status.code()),
                achievement: goal.achievement.as_ref().map(|achieved| achieved.status.code()),
                period: Period { start: goal.content.start, end: due },
                ..Seen::default()
            }
        }
        Of::Activity(id) => {
            let activity = plan.activity(id)?;
            let schedule = &activity.content.schedule;
            Seen {
                state: Some(activity.status.code()),
                assigned: activity.assigned.map(|member| member.to_string()),
                period: Period { end: schedule.due.or(schedule.period.end), ..schedule.period },
                ..Seen::default()
            }
        }
        Of::Member(id) => Seen { period: plan.member(id)?.content.period, ..Seen::default() },
    };
    Some(seen)
}
