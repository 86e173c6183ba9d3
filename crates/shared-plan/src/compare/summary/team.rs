//! Who is in the team.

use jiff::civil::Date;

use super::phrase;
use crate::compare::legible::{NAME, legible};
use crate::compare::said::day_in_words;
use crate::plan::{Member, Plan};

pub(super) fn sentences(before: &Plan, now: &Plan, day: Date) -> Vec<String> {
    let mut said = Vec::new();
    for member in &now.team.members {
        let name = &legible(&member.content.name, NAME);
        let Some(was) = before.member(member.id) else {
            let from = member.content.period.start.map(|day| format!(" from {}", day_in_words(day)));
            said.push(format!("{} is in your team{}.", with_roles(member), from.unwrap_or_default()));
            continue;
        };
        if was.content.name != member.content.name {
            said.push(format!("{} is called {name} now.", legible(&was.content.name, NAME)));
        }
        if roles(was) != roles(member) && !roles(member).is_empty() {
            said.push(format!("{name} is your {} now.", roles(member)));
        }
        match (was.content.period.end, member.content.period.end) {
            (before, now) if before == now => {}
            (_, Some(day)) => said.push(format!("{name} is in your team until {}.", day_in_words(day))),
            (Some(_), None) => said.push(format!("{name} stays in your team.")),
            (None, None) => {}
        }
    }
    if !said.is_empty() {
        let there: Vec<String> =
            now.team.members.iter().filter(|member| is_there(member, day)).map(with_roles).collect();
        if !there.is_empty() {
            said.push(format!("Your team now: {}.", there.join(", ")));
        }
    }
    said
}

fn is_there(member: &Member, day: Date) -> bool {
    member.content.period.holds(day)
}

fn roles(member: &Member) -> String {
    let roles = member.content.roles.iter().filter_map(phrase::concept).map(|role| legible(role, NAME));
    phrase::and(&roles.collect::<Vec<_>>())
}

fn with_roles(member: &Member) -> String {
    let roles = roles(member);
    let name = legible(&member.content.name, NAME);
    if roles.is_empty() { name } else { format!("{name} ({roles})") }
}
