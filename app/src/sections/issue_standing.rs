//! How an issue stands: settled by whom and why, or open again and what changed since.

use care_plan::decisions::{Change, SettledAs, Signature, Standing};
use care_plan::plan::{Fact, FactValue};
use leptos::prelude::*;

use super::issue_facts::value;
use super::look::Look;

/// Draws what was settled; nothing for an issue that nobody has settled.
pub fn issue_standing(look: &Look, standing: &Standing) -> Option<AnyView> {
    let words = look.words();
    match standing {
        Standing::Open => None,
        Standing::Decided { outcome, signature } => {
            let (how, who, when) = signed(look, outcome, signature);
            let reason =
                signature.reason.as_deref().map(|reason| view! { <p class="note">{words.settled_because(reason)}</p> });
            Some(
                view! { <div class="issue__standing"><p>{words.settled_by(&how, &who, &when)}</p>{reason}</div> }
                    .into_any(),
            )
        }
        Standing::Voiced { outcome, signature } => {
            let (how, who, when) = signed(look, outcome, signature);
            let reason =
                signature.reason.as_deref().map(|reason| view! { <p class="note">{words.settled_because(reason)}</p> });
            Some(
                view! { <div class="issue__standing issue__standing--again"><p>{words.voiced(&how, &who, &when)}</p>{reason}</div> }
                    .into_any(),
            )
        }
        Standing::Reopened { outcome, signature, changes } => {
            let (how, who, when) = signed(look, outcome, signature);
            let changes = changes.iter().map(|change| view! { <li>{changed(look, change)}</li> });
            let drawn = view! {
                <div class="issue__standing issue__standing--again">
                    <p>{words.reopened(&how, &who, &when)}</p>
                    <ul class="lines lines--marked">{changes.collect_view()}</ul>
                </div>
            };
            Some(drawn.into_any())
        }
    }
}

fn signed(look: &Look, outcome: &SettledAs, signature: &Signature) -> (String, String, String) {
    let from = match outcome {
        SettledAs::Adopted { from } => Some(look.badge(&from.source).name),
        _ => None,
    };
    let words = look.words();
    let who = words.decider(&signature.by.name, signature.by.role);
    (words.settled_as(outcome, from.as_deref()), who, look.day(signature.at))
}

pub(super) fn changed(look: &Look, change: &Change) -> String {
    let words = look.words();
    match change {
        Change::SideAdded { record, .. } => words.speaks_now(&look.badge(&record.key.source).name),
        Change::SideRemoved { record, .. } => words.speaks_no_more(&look.badge(&record.key.source).name),
        Change::Differs { of, name, was, now } => {
            let of = of.as_ref().map(|key| look.badge(&key.source).name).unwrap_or_default();
            let said = |values: &[FactValue]| {
                values.iter().map(|value| told(look, name, value)).collect::<Vec<_>>().join(", ")
            };
            words.changed_since(&of, name, &said(was), &said(now))
        }
    }
}

/// A value of a fact whose name is only known as text.
fn told(look: &Look, name: &str, of: &FactValue) -> String {
    match of {
        FactValue::Code(code) => look.words().fact_code(name, code),
        FactValue::Text(text) => look.words().fact_text(name, text),
        other => value(look, &Fact { name: "", value: other.clone(), differs: false }),
    }
}
