//! Activities.

use super::found::{At, Found};
use super::plan::period;
use super::say::written;
use super::{Field, Part, Said, names};
use crate::plan::{Activity, Completion, Plan};

pub(super) fn activities(found: &mut Found<'_>) {
    let both = (found.before.activities.as_slice(), found.after.activities.as_slice());
    for (was, is) in found.parts(both, |activity| activity.id, at, whole) {
        activity(found, was, is);
    }
}

fn at(activity: &Activity) -> At {
    At { part: Part::Activity(activity.id), name: activity.content.description.title().to_owned() }
}

/// An activity in one line: what, how often, who.
fn whole(activity: &Activity, plan: &Plan) -> Said {
    let often = activity.content.schedule.often.as_ref().map(|often| format!(", {often}"));
    let who = activity.assigned.map(|member| format!(" ({})", names::member(plan, member)));
    let title = activity.content.description.title();
    Said::Text(format!("{title}{}{}", often.unwrap_or_default(), who.unwrap_or_default()))
}

fn activity(found: &mut Found<'_>, was: &Activity, is: &Activity) {
    let at = at(is);
    found.field(&at, Field::Status, Some(&was.status), Some(&is.status));
    found.field(&at, Field::StatusReason, was.status_reason.as_ref(), is.status_reason.as_ref());
    found.field(&at, Field::Assigned, was.assigned.as_ref(), is.assigned.as_ref());
    completion(found, &at, was, is);
    found.list(&at, Field::Note, &written(&was.notes), &written(&is.notes));
    let (before, after) = (&was.content, &is.content);
    found.field(&at, Field::Description, Some(&before.description), Some(&after.description));
    period(found, &at, &before.schedule.period, &after.schedule.period);
    found.field(&at, Field::Due, before.schedule.due.as_ref(), after.schedule.due.as_ref());
    found.field(&at, Field::Often, before.schedule.often.as_ref(), after.schedule.often.as_ref());
    found.list(&at, Field::Reason, &before.reasons, &after.reasons);
    found.list(&at, Field::Serves, &before.goals, &after.goals);
    found.field(&at, Field::Planned, before.planned.as_ref(), after.planned.as_ref());
}

fn completion(found: &mut Found<'_>, at: &At, was: &Activity, is: &Activity) {
    let (was, is) = (was.completion.as_ref(), is.completion.as_ref());
    found.field(at, Field::Completed, was.map(|done| &done.day), is.map(|done| &done.day));
    found.field(at, Field::CompletedBy, was.map(|done| &done.by), is.map(|done| &done.by));
    let outcome = |done: Option<&Completion>| done.and_then(|done| done.outcome.clone());
    found.field(at, Field::Outcome, outcome(was).as_ref(), outcome(is).as_ref());
    let performed = |done: Option<&Completion>| done.map(|done| done.performed.clone()).unwrap_or_default();
    found.list(at, Field::Performed, &performed(was), &performed(is));
}
