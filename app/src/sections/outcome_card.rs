//! An outcome on the board.

use care_plan::plan::Outcome;
use leptos::prelude::*;

use super::card::card;
use super::card_issues::card_issues;
use super::look::Look;
use super::measure::{measured, newest, standing};
use super::said::all_badges;
use super::targets::{bands_of_outcome, of_outcome, target_line};
use super::why_one::why_one_series;
use crate::parts::{Size, StatusChip};

/// Draws a measure: newest value, trend over all sources, and each target with whose it is.
pub fn outcome_card(look: &Look, outcome: &Outcome) -> AnyView {
    let words = look.words();
    let bands = bands_of_outcome(outcome);
    let sources = look.badges(outcome.standing().map(|reading| &reading.key.source)).len();
    let targets = of_outcome(look, outcome);
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
        {target_line(look, targets, true)}
        {card_issues(look, &outcome.item)}
        <div class="card__row">
            {chips.into_iter().map(|(text, tone)| view! { <StatusChip text tone/> }).collect_view()}
            {outcome.patient_reported.then(|| view! { <span class="muted">{words.patient_reported()}</span> })}
            {all_badges(look, &outcome.item)}
        </div>
    };
    card(look, &outcome.item, outcome.item.title.clone(), &content, body.into_any(), why_one_series(look, outcome))
}
