//! An intervention on the board.

use care_plan::plan::Intervention;
use leptos::prelude::*;

use super::card::{card, sub_line};
use super::card_issues::card_issues;
use super::look::Look;
use super::said::{Said, statuses};
use super::why_one::why_one;

/// Draws an intervention: planned or performed, what kind, when and by whom.
pub fn intervention_card(look: &Look, intervention: &Intervention) -> AnyView {
    let words = look.words();
    let mut sub = vec![words.phase(intervention.phase).to_owned(), words.intervention_kind(&intervention.kind)];
    sub.extend(intervention.when.as_ref().map(|when| look.date(when)));
    sub.extend(intervention.who.clone());
    let item = &intervention.item;
    let said: Vec<Said<'_>> = (item.members.iter().zip(&intervention.statements))
        .map(|(member, said)| {
            let status = words.status(said.status.as_deref());
            Said { member, title: &said.title, status, when: said.when.as_ref() }
        })
        .collect();
    let reasons = (!intervention.reasons.is_empty()).then(|| words.for_reasons(&intervention.reasons));
    let newest_note = intervention.notes.first().map(|note| view! { <p class="card__note">{note.text.clone()}</p> });
    let content = format!("{intervention:?}");
    let body = view! {
        {sub_line(sub)}
        {intervention.detail.clone().map(|detail| view! { <p class="card__sub">{detail}</p> })}
        {reasons.map(|reasons| view! { <p class="card__sub">{reasons}</p> })}
        {newest_note}
        {card_issues(look, item)}
        <div class="card__row">{statuses(look, item, &said)}</div>
    };
    card(look, item, item.title.clone(), &content, body.into_any(), why_one(look, item, &said))
}
