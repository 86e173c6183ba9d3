//! What a form was told, at the head of the page: forms may be gone when the plan has changed, and what was said stays.

use leptos::prelude::*;

use crate::desk::Answer;
use crate::desk::shared_plan::{Command, PlanAnswer};
use crate::sections::Look;

/// Draws what a form was told: what is wrong with which field, or what somebody else changed `meanwhile`, each with a way
/// to the form.
pub fn told(look: &Look, answer: Option<&Answer>, meanwhile: &[String]) -> Option<AnyView> {
    let words = look.words();
    let answer = answer?;
    let command = Command::parse(&answer.function)?;
    let said = answer.of::<PlanAnswer>(command.code())?;
    let is_good = matches!(said, PlanAnswer::Saved { .. } | PlanAnswer::Unchanged);
    let class = if is_good { "told told--good" } else { "told told--bad" };
    let problems = match &said {
        PlanAnswer::Refused { problems } if problems.len() > 1 => problems.as_slice(),
        _ => &[],
    };
    let problems = problems.iter().map(|(field, why)| {
        let href = format!("#{}-{field}", command.code());
        view! { <li><a href=href>{why.clone()}</a></li> }
    });
    let problems = problems.collect_view();
    let meanwhile = matches!(said, PlanAnswer::Stale { .. }).then(|| {
        let lines = meanwhile.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
        let href = format!("#{}", command.code());
        view! {
            <section class="panel" aria-labelledby="meanwhile">
                <h2 id="meanwhile">{words.plan_meanwhile()}</h2>
                <ul class="lines lines--marked">{lines}</ul>
                <p><a href=href>{words.plan_to_what_i_typed()}</a></p>
            </section>
        }
    });
    // The form may be gone: the plan was closed, or the goal given up. What was typed never is.
    let typed =
        matches!(said, PlanAnswer::Stale { .. } | PlanAnswer::NotNow { .. }).then(|| what_was_typed(look, answer));
    Some(
        view! {
            <div class=class role="status"><p>{words.plan_answer(command, &said)}</p><ul class="lines">{problems}</ul></div>
            {meanwhile}
            {typed}
        }
        .into_any(),
    )
}

/// Every text of a form, folded away; choices and ids are not texts.
fn what_was_typed(look: &Look, answer: &Answer) -> Option<AnyView> {
    let is_text = |(name, text): &&(String, String)| {
        let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
        TEXTS.contains(&stem) && !text.trim().is_empty()
    };
    let texts: Vec<_> = answer.typed.iter().filter(is_text).map(|(_, text)| text.clone()).collect();
    let lines = texts.iter().map(|text| view! { <li class="note">{text.clone()}</li> }).collect_view();
    let heading = look.words().plan_what_i_typed();
    (!texts.is_empty()).then(|| {
        view! { <details class="loose"><summary>{heading}</summary><ul class="lines">{lines}</ul></details> }.into_any()
    })
}

/// Fields that people type words or numbers into.
const TEXTS: [&str; 14] = [
    "title",
    "description",
    "category",
    "often",
    "outcome",
    "text",
    "reason",
    "name",
    "role",
    "measured",
    "value",
    "high",
    "unit",
    "note",
];
