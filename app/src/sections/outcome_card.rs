//! An outcome on the board.

use care_plan::plan::{Band, Outcome};
use leptos::prelude::*;

use super::card::{badges, card};
use super::look::Look;
use super::measure::{measured, newest, standing, target_words};
use crate::parts::{Size, StatusChip};

/// Draws a measure: newest value, trend over all sources, and each target with whose it is.
pub fn outcome_card(look: &Look, outcome: &Outcome) -> AnyView {
    let words = look.words();
    let bands: Vec<Band> = outcome.targets.iter().map(|target| target.band.clone()).collect();
    let sources = look.badges(outcome.standing().map(|reading| &reading.key.source)).len();
    let targets: Vec<String> = (outcome.targets.iter())
        .map(|target| format!("{} {}", look.badge(&target.key.source).name, target_words(&target.band, words)))
        .collect();
    let newest = newest(outcome);
    let interpretation =
        newest.and_then(|reading| reading.interpretation.as_deref()).map(|text| words.interpretation(text));
    let unfinished = newest
        .and_then(|reading| reading.status.as_deref())
        .filter(|code| !matches!(*code, "final" | "amended" | "corrected"));
    let unfinished = unfinished.map(|code| words.observation_status(code));
    let stands = standing(outcome, &bands, words).map(|(text, tone)| (text.to_owned(), tone));
    let chips: Vec<_> = [interpretation, stands, unfinished].into_iter().flatten().collect();
    let content = format!("{outcome:?}{targets:?}");
    let body = view! {
        {measured(look, outcome, &bands, Some(Size { width: 170.0, height: 52.0 }))}
        <p class="card__sub">{words.results(outcome.standing().count(), sources)}</p>
        {(!targets.is_empty()).then(|| view! { <p class="card__sub">{words.targets(&words.list(&targets))}</p> })}
        <div class="card__row">
            {chips.into_iter().map(|(text, tone)| view! { <StatusChip text tone/> }).collect_view()}
            {outcome.patient_reported.then(|| view! { <span class="muted">{words.patient_reported()}</span> })}
            {badges(look, &outcome.item)}
        </div>
    };
    card(look, &outcome.item, outcome.item.title.clone(), &content, body.into_any())
}
