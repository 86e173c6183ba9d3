//! Two people changed a goal: what it was, what it is now, and what the user wants, side by side.

use fhir::FhirDate;
use leptos::prelude::*;

use super::look::Look;
use crate::desk::{GoalAnswer, GoalFields};

/// Draws the comparison where the answer is a conflict.
pub fn goal_conflict(look: &Look, answer: &GoalAnswer) -> Option<AnyView> {
    let GoalAnswer::Conflict { base, theirs, mine, source_name, .. } = answer else { return None };
    let words = look.words();
    let mine = &going_on(base, theirs, mine);
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

/// What a user wants after a conflict: what they have touched, and of the rest what the source says now. Else the next
/// saving would put back what nobody asked for.
pub(super) fn going_on(base: &GoalFields, theirs: &GoalFields, mine: &GoalFields) -> GoalFields {
    let field = |base: &Option<String>, theirs: &Option<String>, mine: &Option<String>| {
        if mine == base { theirs.clone() } else { mine.clone() }
    };
    GoalFields {
        achievement: field(&base.achievement, &theirs.achievement, &mine.achievement),
        target_value: field(&base.target_value, &theirs.target_value, &mine.target_value),
        due: field(&base.due, &theirs.due, &mine.due),
    }
}
