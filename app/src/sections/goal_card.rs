//! A goal on the board.

use care_plan::plan::{Goal, GoalStatement, Outcome, TargetDetail, agreed};
use leptos::prelude::*;

use super::achievement::chip;
use super::card::{card, sub_line};
use super::card_issues::card_issues;
use super::goal_words::goal_words;
use super::look::Look;
use super::measure::{measured, standing};
use super::overlays::overlay_lines;
use super::said::{Said, statuses};
use super::targets::{bands, of_goal, target_line};
use super::why_one::why_one;
use crate::parts::{Hidden, Size, StatusChip};
use crate::words::{Tone, Words};

/// Draws a goal: until when, its measure with trend and target, how it goes, and the way to its own page.
pub fn goal_card(look: &Look, goal: &Goal) -> AnyView {
    let words = look.words();
    let outcome = outcome_of(look, goal);
    let bands = bands(goal);
    let mut sub: Vec<String> = Vec::new();
    sub.extend(goal.patients_own.then(|| words.patients_goal().to_owned()));
    let due = agreed(goal.statements.iter().map(|said| said.due().cloned()));
    sub.extend(due.map(|due| words.by(&look.date(&due))));
    sub.extend(goal.priority.as_deref().map(|label| words.priority(label)));
    sub.extend(texts(goal));
    sub.extend((outcome.is_none() && bands.is_empty()).then(|| words.no_measure().to_owned()));
    let said: Vec<Said<'_>> = (goal.item.members.iter().zip(&goal.statements))
        .map(|(member, said)| {
            let when = said.status_date.as_ref().or(said.start.as_ref());
            Said { member, title: &said.title, status: status(said, words), when }
        })
        .collect();
    let stands = outcome.and_then(|outcome| standing(outcome, &bands, words));
    let content = format!("{goal:?}{outcome:?}");
    let body = view! {
        {sub_line(sub)}
        {outcome.map(|outcome| measured(look, outcome, &bands, Some(Size { width: 150.0, height: 38.0 })))}
        {target_line(look, of_goal(look, goal), false)}
        {goal_words(look, goal)}
        {overlay_lines(look, goal)}
        {card_issues(look, &goal.item)}
        <div class="card__row">
            {statuses(look, &goal.item, &said)}
            {stands.map(|(text, tone)| view! { <StatusChip text tone/> })}
            {chip(look, goal)}
            {goal.patients_own.then(|| view! { <span class="muted">{words.from_patient()}</span> })}
            <a class="quiet-button" href=look.goal_href(&goal.item.id)>
                {words.open_goal()}<Hidden text=format!(": {}", goal.item.title)/>
            </a>
        </div>
    };
    card(look, &goal.item, goal.item.title.clone(), &content, body.into_any(), why_one(look, &goal.item, &said))
}

/// How a goal goes by one record: its achievement where it says one, unless the goal is not pursued (any more).
pub fn status(goal: &GoalStatement, words: Words) -> (String, Tone) {
    let pursued = matches!(
        goal.lifecycle_status.as_deref(),
        None | Some("active" | "accepted" | "planned" | "proposed" | "completed")
    );
    match (&goal.achievement_status, &goal.achievement_text) {
        (Some(code), _) if pursued => words.achievement(code),
        (None, Some(text)) if pursued => (text.clone(), Tone::Plain),
        _ => words.status(goal.lifecycle_status.as_deref()),
    }
}

/// The series of readings that a goal is about.
pub fn outcome_of<'a>(look: &'a Look, goal: &Goal) -> Option<&'a Outcome> {
    let measure = goal.measure.as_ref()?;
    look.plan().outcomes.iter().find(|outcome| &outcome.item.id == measure)
}

/// Targets in the records' own words, each once.
fn texts(goal: &Goal) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    for target in goal.statements.iter().flat_map(|said| &said.targets) {
        if let TargetDetail::Text(text) = &target.detail
            && !texts.contains(text)
        {
            texts.push(text.clone());
        }
    }
    texts
}
