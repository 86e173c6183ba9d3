//! What a form was told whose page one has left.

use leptos::prelude::*;

use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanAnswer};
use crate::sections::Look;

/// Draws what a form was told that is not on this page (any more): `here` are the commands whose forms say it themselves.
pub fn told(look: &Look, answer: Option<&Answer>, here: &[Command]) -> Option<AnyView> {
    let answer = answer?;
    let command = Command::parse(&answer.function)?;
    let said = answer.of::<PlanAnswer>(command.code())?;
    let is_good = matches!(said, PlanAnswer::Saved { .. } | PlanAnswer::Unchanged);
    if here.contains(&command) && !is_good {
        return None;
    }
    let class = if is_good { "told told--good" } else { "told told--bad" };
    Some(view! { <p class=class role="status">{look.words().plan_answer(command, &said)}</p> }.into_any())
}
