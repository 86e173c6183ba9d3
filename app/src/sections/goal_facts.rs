//! What each record says of a goal.

use std::collections::BTreeSet;

use care_plan::plan::{Goal, GoalStatement, Member};
use fhir::{FhirDate, SourceId};
use leptos::prelude::*;

use super::fingerprint::fingerprint;
use super::goal_words::goal_words;
use super::look::Look;
use super::said::{Said, statuses};
use super::targets::{grouped, of_goal};
use crate::desk::{GoalMember, GoalSheet};
use crate::parts::SourceBadge;

/// Draws the goal's own facts, then one row for each record and target.
pub fn goal_facts(look: &Look, goal: &Goal, sheet: &GoalSheet) -> AnyView {
    let words = look.words();
    let fact = |label: &'static str, value: Option<String>| {
        let class = if value.is_some() { "" } else { "muted" };
        view! { <div><dt>{label}</dt><dd class=class>{value.unwrap_or_else(|| words.not_recorded().to_owned())}</dd></div> }
    };
    // Where records differ each is named, so that nobody takes one plan's word for all.
    let stated = of_goal(look, goal);
    let whose = stated.iter().any(|(_, sources)| sources != &stated[0].1);
    let target = |(text, sources): &(String, Vec<SourceId>)| {
        let names: Vec<String> = look.badges(sources.iter()).into_iter().map(|badge| badge.name).collect();
        if whose { format!("{text} ({})", words.list(&names)) } else { text.clone() }
    };
    let targets: Vec<String> = stated.iter().map(target).collect();
    let targets = (!targets.is_empty()).then(|| words.list(&targets));
    let every = |of: &dyn Fn(&GoalStatement) -> Option<String>| every(look, goal, of);
    let said: Vec<Said<'_>> = (goal.item.members.iter().zip(&goal.statements))
        .map(|(member, said)| {
            let status = words.status(said.lifecycle_status.as_deref());
            Said { member, title: &said.title, status, when: None }
        })
        .collect();
    let rows: Vec<AnyView> = sheet.members.iter().map(|member| row(look, goal, member)).collect();
    let version = fingerprint(&(format!("{goal:?}"), format!("{sheet:?}")));
    view! {
        <section class="panel" id="goal-facts" aria-labelledby="goal-facts-heading" data-version=version>
            <h2 id="goal-facts-heading">{words.what_records_say()}</h2>
            <p class="card__row">{statuses(look, &goal.item, &said)}</p>
            <dl class="facts">
                {fact(words.target_label(), targets)}
                {fact(words.due_label(), every(&|said| said.due().map(|due| look.date(due))))}
                {fact(words.start_label(), every(&|said| said.start.as_ref().map(|start| look.date(start))))}
                {fact(words.expressed_by_label(), every(&|said| said.expressed_by.clone()))}
            </dl>
            {goal_words(look, goal)}
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.source_column()}</th>
                        <th scope="col">{words.achievement_label()}</th>
                        <th scope="col">{words.target_value_label()}</th>
                        <th scope="col">{words.due_label()}</th>
                        <th scope="col">{words.changed_label()}</th>
                        <th scope="col">{words.version_label()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What the records state of one thing: plain where all state the same, else each with who states it. What one record
/// states and another does not is not "not recorded".
fn every(look: &Look, goal: &Goal, of: &dyn Fn(&GoalStatement) -> Option<String>) -> Option<String> {
    let all: BTreeSet<&SourceId> = goal.item.members.iter().map(|member| &member.key.source).collect();
    let said = goal.item.members.iter().zip(&goal.statements);
    let stated = grouped(look, said.filter_map(|(member, said)| Some((of(said)?, &member.key.source))));
    let told = stated.iter().map(|(text, sources)| {
        let names: Vec<String> = look.badges(sources.iter()).into_iter().map(|badge| badge.name).collect();
        let alone = stated.len() == 1 && names.len() == all.len();
        if alone { text.clone() } else { format!("{text} ({})", look.words().list(&names)) }
    });
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| look.words().list(&told))
}

fn row(look: &Look, goal: &Goal, member: &GoalMember) -> AnyView {
    let words = look.words();
    let missing = || words.not_recorded().to_owned();
    let of_plan = goal.item.members.iter().find(|one| crate::desk::member_name(&one.key) == member.name);
    let updated = of_plan.and_then(|one: &Member| one.updated.as_ref()).map_or_else(missing, |day| look.date(day));
    let achievement = member.base.achievement.as_deref().map_or_else(missing, |code| words.achievement(code).0);
    let value = member.base.target_value.clone().map_or_else(missing, |value| match &member.unit {
        Some(unit) => format!("{value} {unit}"),
        None => value,
    });
    let due = member
        .base
        .due
        .as_deref()
        .map_or_else(missing, |due| FhirDate::parse(due).map_or_else(|| due.to_owned(), |due| look.date(&due)));
    view! {
        <tr>
            <th scope="row"><SourceBadge badge=look.badge(&member.source.id)/>" "<span aria-hidden="true">{member.source.name.clone()}</span></th>
            <td data-label=words.achievement_label()>{achievement}</td>
            <td data-label=words.target_value_label()>{value}{member.measure.clone().map(|measure| view! { <br/><small>{measure}</small> })}</td>
            <td class="day" data-label=words.due_label()>{due}</td>
            <td class="day" data-label=words.changed_label()>{updated}</td>
            <td data-label=words.version_label()>{member.version.clone().unwrap_or_else(missing)}</td>
        </tr>
    }
    .into_any()
}
