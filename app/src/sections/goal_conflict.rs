//! Two people changed a goal: what it was, what it is now, and what the user wants, side by side.

use fhir::FhirDate;
use leptos::prelude::*;

use super::look::Look;
use crate::desk::{GoalAnswer, GoalFields};

/// Draws the comparison where the answer is a conflict.
pub fn goal_conflict(look: &Look, answer: &GoalAnswer) -> Option<AnyView> {
    let GoalAnswer::Conflict { base, theirs, mine, source_name, .. } = answer else { return None };
    let words = look.words();
    let missing = || words.not_recorded().to_owned();
    let achievement =
        |fields: &GoalFields| fields.achievement.as_deref().map_or_else(missing, |code| words.achievement(code).0);
    let value = |fields: &GoalFields| fields.target_value.clone().unwrap_or_else(missing);
    let due = |fields: &GoalFields| match fields.due.as_deref() {
        Some(due) => FhirDate::parse(due).map_or_else(|| due.to_owned(), |due| look.date(&due)),
        None => missing(),
    };
    let row = |label: &'static str, of: &dyn Fn(&GoalFields) -> String| {
        let (base, theirs, mine) = (of(base), of(theirs), of(mine));
        let class = if theirs == mine { "" } else { "differs" };
        view! { <tr class=class><th scope="row">{label}</th><td data-label=words.when_opened()>{base}</td><td data-label=words.now_at(source_name)>{theirs}</td><td data-label=words.yours()>{mine}</td></tr> }
    };
    let view = view! {
        <table class="conflict">
            <thead>
                <tr>
                    <th scope="col">{words.field_column()}</th>
                    <th scope="col">{words.when_opened()}</th>
                    <th scope="col">{words.now_at(source_name)}</th>
                    <th scope="col">{words.yours()}</th>
                </tr>
            </thead>
            <tbody>
                {row(words.achievement_label(), &achievement)}
                {row(words.target_value_label(), &value)}
                {row(words.due_label(), &due)}
            </tbody>
        </table>
    };
    Some(view.into_any())
}
