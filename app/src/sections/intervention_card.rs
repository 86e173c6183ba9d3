//! An intervention on the board.

use care_plan::plan::Intervention;
use leptos::prelude::*;

use super::card::{badges, card, sub_line};
use super::look::Look;
use crate::parts::StatusChip;

/// Draws an intervention: planned or performed, what kind, when and by whom.
pub fn intervention_card(look: &Look, intervention: &Intervention) -> AnyView {
    let words = look.words();
    let mut sub = vec![words.phase(intervention.phase).to_owned(), words.intervention_kind(&intervention.kind)];
    sub.extend(intervention.when.as_ref().map(|when| look.date(when)));
    sub.extend(intervention.who.clone());
    let (status, tone) = words.status(intervention.status.as_deref());
    let reasons = (!intervention.reasons.is_empty()).then(|| words.for_reasons(&intervention.reasons));
    let newest_note = intervention.notes.first().map(|note| view! { <p class="card__note">{note.text.clone()}</p> });
    let content = format!("{intervention:?}");
    let body = view! {
        {sub_line(sub)}
        {intervention.detail.clone().map(|detail| view! { <p class="card__sub">{detail}</p> })}
        {reasons.map(|reasons| view! { <p class="card__sub">{reasons}</p> })}
        {newest_note}
        <div class="card__row"><StatusChip text=status tone=tone/>{badges(look, &intervention.item)}</div>
    };
    card(look, &intervention.item, intervention.item.title.clone(), &content, body.into_any())
}
