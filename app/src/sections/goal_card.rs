//! A goal on the board.

use care_plan::plan::{Band, Goal, Outcome, TargetDetail};
use leptos::prelude::*;

use super::card::{badges, card, sub_line};
use super::look::Look;
use super::measure::{measured, standing};
use crate::parts::{Hidden, Size, StatusChip};
use crate::words::{Tone, Words};

/// Draws a goal: until when, its measure with trend and target, how it goes, and the way to its own page.
pub fn goal_card(look: &Look, goal: &Goal) -> AnyView {
    let words = look.words();
    let outcome = outcome_of(look, goal);
    let bands = bands(goal);
    let mut sub: Vec<String> = Vec::new();
    sub.extend(goal.patients_own.then(|| words.patients_goal().to_owned()));
    sub.extend(goal.targets.iter().find_map(|target| target.due.as_ref()).map(|due| words.by(&look.date(due))));
    sub.extend(goal.priority.as_deref().map(|label| words.priority(label)));
    sub.extend(
        goal.targets
            .iter()
            .filter_map(|target| if let TargetDetail::Text(text) = &target.detail { Some(text.clone()) } else { None }),
    );
    sub.extend((outcome.is_none() && bands.is_empty()).then(|| words.no_measure().to_owned()));
    let (status, tone) = status(goal, words);
    let stands = outcome.and_then(|outcome| standing(outcome, &bands, words));
    let content = format!("{goal:?}{outcome:?}");
    let body = view! {
        {sub_line(sub)}
        {outcome.map(|outcome| measured(look, outcome, &bands, Some(Size { width: 150.0, height: 38.0 })))}
        {(!bands.is_empty()).then(|| view! { <p class="card__sub">{words.targets(&target_list(&bands, words))}</p> })}
        <div class="card__row">
            <StatusChip text=status tone=tone/>
            {stands.map(|(text, tone)| view! { <StatusChip text tone/> })}
            {goal.patients_own.then(|| view! { <span class="muted">{words.from_patient()}</span> })}
            <a class="quiet-button" href=look.goal_href(&goal.item.id)>
                {words.open_goal()}<Hidden text=format!(": {}", goal.item.title)/>
            </a>
            {badges(look, &goal.item)}
        </div>
    };
    card(look, &goal.item, goal.item.title.clone(), &content, body.into_any())
}

/// How a goal goes: its achievement where the source says one, unless the goal is not pursued (any more).
pub fn status(goal: &Goal, words: Words) -> (String, Tone) {
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

/// The numeric targets of a goal.
pub fn bands(goal: &Goal) -> Vec<Band> {
    goal.targets
        .iter()
        .filter_map(|target| if let TargetDetail::Band(band) = &target.detail { Some(band.clone()) } else { None })
        .collect()
}

/// All targets in words.
fn target_list(bands: &[Band], words: Words) -> String {
    let texts: Vec<String> = bands.iter().map(|band| super::measure::target_words(band, words)).collect();
    words.list(&texts)
}
