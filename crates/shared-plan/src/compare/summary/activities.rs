//! What is to be done, and what was.

use super::{Summary, phrase};
use crate::compare::legible::{NAME, ended, legible};
use crate::compare::said::day_in_words;
use crate::plan::{Activity, ActivityStatus, Plan};

pub(super) fn say(before: &Plan, now: &Plan, summary: &mut Summary) {
    for activity in &now.activities {
        let was = before.activity(activity.id);
        let name = phrase::activity(activity);
        if let Some(completion) = &activity.completion
            && activity.status == ActivityStatus::Completed
        {
            if was.is_none_or(|was| was.status != ActivityStatus::Completed) {
                summary.done.push(format!("{name}: done on {}.", day_in_words(completion.day)));
            }
            continue;
        }
        match was {
            None => summary.to_do.extend(new(now, activity)),
            Some(was) => changed((before, was), (now, activity), &mut summary.to_do),
        }
    }
}

fn new(plan: &Plan, activity: &Activity) -> Option<String> {
    if !activity.status.is_open() {
        return None;
    }
    let schedule = &activity.content.schedule;
    let often = schedule.often.as_ref().map(|often| format!(", {}", legible(often, NAME))).unwrap_or_default();
    let due = schedule.due.or(schedule.period.end).map(|day| format!(", by {}", day_in_words(day)));
    let who = doer(plan, activity).map(|name| format!(" {name} does this.")).unwrap_or_default();
    Some(ended(format!("New: {}{often}{}", phrase::activity(activity), due.unwrap_or_default())) + &who)
}

fn changed((before, was): (&Plan, &Activity), (plan, now): (&Plan, &Activity), said: &mut Vec<String>) {
    let (name, former) = (phrase::activity(now), phrase::activity(was));
    if name != former {
        said.push(format!("“{former}” is called “{name}” now."));
    }
    let paused = was.status == ActivityStatus::OnHold;
    match now.status {
        status if status == was.status => {}
        ActivityStatus::OnHold => said.push(format!("{name}: paused.")),
        ActivityStatus::Failed => said.push(format!("{name}: it did not work.")),
        ActivityStatus::Cancelled => said.push(format!("{name}: not to be done any more.")),
        ActivityStatus::EnteredInError => said.push(format!("{name}: was written down by mistake.")),
        ActivityStatus::Rejected => said.push(format!("{name}: somebody else has to do this.")),
        ActivityStatus::InProgress => said.push(format!("{name}: has begun.")),
        ActivityStatus::Requested if paused || !was.status.is_open() => said.push(format!("{name}: to be done again.")),
        // Who says yes to what is of the team.
        ActivityStatus::Draft | ActivityStatus::Requested | ActivityStatus::Accepted | ActivityStatus::Completed => {}
    }
    if !now.status.is_open() {
        return;
    }
    if was.assigned != now.assigned {
        said.push(match (doer(plan, now), doer(before, was)) {
            (Some(new), Some(former)) => format!("{name}: {new} does this now, and not {former}."),
            (Some(new), None) => format!("{name}: {new} does this."),
            (None, _) => format!("{name}: nobody has been found for this yet."),
        });
    }
    let (then, schedule) = (&was.content.schedule, &now.content.schedule);
    if then.often != schedule.often
        && let Some(often) = &schedule.often
    {
        said.push(ended(format!("{name}: {} now", legible(often.trim_end_matches('.'), NAME))));
    } else if then.often.is_some() && schedule.often.is_none() {
        said.push(format!("{name}: how often is not said any more."));
    }
    let day = |schedule: &crate::plan::Schedule| schedule.due.or(schedule.period.end);
    match (day(then), day(schedule)) {
        (before, now) if before == now => {}
        (_, Some(day)) => said.push(format!("{name}: to be done by {} now.", day_in_words(day))),
        (_, None) => said.push(format!("{name}: there is no date any more.")),
    }
}

fn doer(plan: &Plan, activity: &Activity) -> Option<String> {
    activity.assigned.and_then(|member| plan.member(member)).map(|member| legible(&member.content.name, NAME))
}
