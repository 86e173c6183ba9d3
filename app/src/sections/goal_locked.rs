//! In place of a goal's form: why it cannot be changed, neither at its source nor beside it.
//!
//! Whether a source takes changes may come out when one is sent. Then there is no form any more, and what had been typed
//! into it stands here, to be copied.

use fhir::FhirDate;
use leptos::prelude::*;

use super::goal_form::FUNCTION;
use super::look::Look;
use crate::desk::shared_plan::SOURCE;
use crate::desk::{Answer, GoalAnswer, GoalMember, NotKept};
use crate::parts::SourceBadge;

/// Draws the reasons, then what a form was told that was sent all the same; `index` is the form's place on the page.
pub(super) fn goal_locked(
    look: &Look,
    (member, index): (&GoalMember, usize),
    (why, not_kept): (&str, NotKept),
    answer: Option<&Answer>,
) -> AnyView {
    let words = look.words();
    let badge = look.badge(&member.source.id);
    let there = (member.source.id.as_str() == SOURCE)
        .then(|| view! { " "<a href=look.path("shared-plan")>{words.plan_door_open()}</a> });
    let either = words.not_kept(not_kept).map(|why| view! { " "{why} });
    let told = answer.map(|answer| told(look, answer, index));
    view! { <p class="notice"><SourceBadge badge/>" "{why.to_owned()}{either}{there}</p>{told} }.into_any()
}

fn told(look: &Look, answer: &Answer, index: usize) -> AnyView {
    let words = look.words();
    let said = answer.of::<GoalAnswer>(FUNCTION);
    let is_done = matches!(said, Some(GoalAnswer::Saved { .. } | GoalAnswer::Kept { .. }));
    let class = if is_done { "told told--good" } else { "told told--bad" };
    let typed = (!is_done).then(|| typed(look, answer)).flatten();
    view! {
        <div class=class role="status" id=format!("told-{index}") tabindex="-1"><p>{words.goal_answer(said.as_ref())}</p></div>
        {typed}
    }
    .into_any()
}

/// What was typed and stands nowhere else.
fn typed(look: &Look, answer: &Answer) -> Option<AnyView> {
    let words = look.words();
    let text = |field: &str| answer.typed(field).map(str::trim).filter(|text| !text.is_empty());
    let changed = |field: &str| text(field).filter(|typed| text(&format!("base_{field}")) != Some(typed));
    let date = |due: &str| FhirDate::parse(due).map_or_else(|| due.to_owned(), |due| look.date(&due));
    let fields = [
        (words.achievement_label(), changed("achievement").map(|code| words.achievement(code).0)),
        (words.target_value_label(), changed("target_value").map(str::to_owned)),
        (words.due_label(), changed("due").map(date)),
        (words.note_label(), text("note").map(str::to_owned)),
        (words.overlay_reason(), text("reason").map(str::to_owned)),
    ];
    let lines: Vec<_> = fields
        .into_iter()
        .filter_map(|(label, text)| Some(view! { <li class="note">{label}": "{text?}</li> }))
        .collect();
    (!lines.is_empty()).then(|| view! { <h3>{words.typed_not_saved()}</h3><ul class="lines">{lines}</ul> }.into_any())
}
