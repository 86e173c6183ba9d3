//! Goals.

use super::{Summary, phrase};
use crate::compare::legible::{NAME, ended, legible};
use crate::compare::said::day_in_words;
use crate::plan::{Achievement, Goal, GoalStatus, Plan, Target};

pub(super) fn say(before: &Plan, now: &Plan, summary: &mut Summary) {
    for goal in &now.goals {
        match before.goal(goal.id) {
            None => summary.new_goals.extend(new(goal)),
            Some(was) => {
                changed(was, goal, &mut summary.changed_goals);
                summary.done.extend(reached(was, goal));
            }
        }
    }
}

/// Goals that came and went in between are not worth a word.
fn new(goal: &Goal) -> Option<String> {
    let name = phrase::goal(goal);
    let targets: Vec<String> = goal.content.targets.iter().filter_map(phrase::target).collect();
    let targets = if targets.is_empty() { String::new() } else { format!(": {}", phrase::and(&targets)) };
    let reached = if goal.is_reached() { " You have reached it already." } else { "" };
    match goal.status {
        GoalStatus::Cancelled | GoalStatus::EnteredInError | GoalStatus::Rejected => None,
        GoalStatus::Proposed => Some(ended(format!("{name} (suggested){targets}"))),
        GoalStatus::Planned
        | GoalStatus::Accepted
        | GoalStatus::Active
        | GoalStatus::OnHold
        | GoalStatus::Completed => Some(ended(format!("{name}{targets}")) + reached),
    }
}

fn changed(was: &Goal, now: &Goal, said: &mut Vec<String>) {
    let (name, before) = (phrase::goal(now), phrase::goal(was));
    if name != before {
        said.push(format!("The goal “{before}” is called “{name}” now."));
    }
    if was.status != now.status {
        said.extend(state(now.status).map(|words| format!("{name}: {words}")));
    }
    let how = |goal: &Goal| goal.achievement.as_ref().map(|achieved| achieved.status);
    if how(was) != how(now) {
        said.extend(how(now).and_then(progress).map(|words| format!("{name}: {words}")));
    }
    for target in &now.content.targets {
        let before = was.content.targets.iter().find(|before| before.id == target.id);
        aim(&name, before, target, said);
    }
    let gone = |target: &&Target| now.content.targets.iter().all(|kept| kept.id != target.id);
    let gone = was.content.targets.iter().filter(gone).filter_map(phrase::target);
    said.extend(gone.map(|target| ended(format!("{name}: it is not about {target} any more"))));
}

/// What happened to one target of a goal.
fn aim(name: &str, was: Option<&Target>, now: &Target, said: &mut Vec<String>) {
    let Some(was) = was else {
        said.extend(phrase::target(now).map(|target| ended(format!("{name}: also {target}"))));
        return;
    };
    let what = now.measure.as_ref().and_then(phrase::concept).map(|measure| legible(measure, NAME));
    let what = what.filter(|measure| measure != name);
    let what = what.map_or_else(|| name.to_owned(), |measure| format!("{name}, {measure}"));
    let value = |target: &Target| target.value.as_ref().and_then(phrase::value);
    match (value(was), value(now)) {
        (before, now) if before == now => {}
        (Some(before), Some(now)) => {
            said.push(ended(format!("{what}: the target is {now} now. It was {before}")));
        }
        (None, Some(now)) => said.push(ended(format!("{what}: the target is {now} now"))),
        (Some(before), None) => said.push(format!("{what}: the target of {before} does not count any more.")),
        (None, None) => {}
    }
    match (was.due, now.due) {
        (before, now) if before == now => {}
        (Some(before), Some(now)) => {
            let (now, before) = (day_in_words(now), day_in_words(before));
            said.push(format!("{what}: you have until {now} now. It was {before}."));
        }
        (None, Some(now)) => said.push(format!("{what}: you have until {} now.", day_in_words(now))),
        (Some(_), None) => said.push(format!("{what}: there is no date any more.")),
        (None, None) => {}
    }
}

/// What a new state means to the person; what only the team tells apart is not said.
fn state(status: GoalStatus) -> Option<&'static str> {
    match status {
        GoalStatus::Proposed => Some("this goal is a suggestion again."),
        GoalStatus::Planned | GoalStatus::Accepted => Some("this goal was agreed."),
        GoalStatus::Active => Some("we are working on this goal now."),
        GoalStatus::OnHold => Some("this goal is paused."),
        GoalStatus::Completed => Some("this goal is finished."),
        GoalStatus::Cancelled => Some("we are not working on this goal any more."),
        GoalStatus::Rejected => Some("this suggestion was not taken up."),
        GoalStatus::EnteredInError => Some("this goal was written down by mistake."),
    }
}

fn progress(status: Achievement) -> Option<&'static str> {
    match status {
        // Told as done.
        Achievement::Achieved | Achievement::Sustaining => None,
        Achievement::InProgress => Some("you are on your way."),
        Achievement::Improving => Some("it is getting better."),
        Achievement::Worsening => Some("it is getting worse."),
        Achievement::NoChange => Some("it has not changed."),
        Achievement::NotAchieved => Some("it was not reached."),
        Achievement::NoProgress => Some("nothing has happened yet."),
        Achievement::NotAttainable => Some("it will not be reached."),
    }
}

fn reached(was: &Goal, now: &Goal) -> Option<String> {
    (now.is_reached() && !was.is_reached()).then(|| format!("You have reached the goal “{}”.", phrase::goal(now)))
}
