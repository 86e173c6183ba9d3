//! What was read and is no part of the plan: by reason with numbers, and folded by source and kind.

use std::collections::BTreeMap;

use care_plan::plan::{Aside, AsideReason};
use leptos::prelude::*;

use super::look::Look;
use crate::parts::SourceBadge;

/// Draws what was set aside.
pub fn aside(look: &Look) -> AnyView {
    let words = look.words();
    let mut reasons: BTreeMap<AsideReason, Vec<&Aside>> = BTreeMap::new();
    for one in &look.plan().aside {
        reasons.entry(one.because).or_default().push(one);
    }
    let count = look.plan().aside.len();
    let intro = if count == 0 { words.aside_none() } else { words.aside_how() };
    let reasons = reasons.into_iter().map(|(reason, all)| {
        view! {
            <details>
                <summary>{words.aside_because(reason)}": "{all.len()}</summary>
                <ul class="lines">{by_source(look, &all)}</ul>
            </details>
        }
    });
    view! {
        <section class="panel aside" aria-labelledby="aside-heading">
            <h2 id="aside-heading">{words.aside(count)}</h2>
            <p class="muted">{intro}</p>
            {reasons.collect_view()}
        </section>
    }
    .into_any()
}

fn by_source(look: &Look, all: &[&Aside]) -> Vec<AnyView> {
    let mut kinds: BTreeMap<(usize, &fhir::SourceId), BTreeMap<&str, usize>> = BTreeMap::new();
    for one in all {
        let source = (look.order(&one.key.source), &one.key.source);
        *kinds.entry(source).or_default().entry(one.key.kind.as_str()).or_default() += 1;
    }
    let line = |((_, source), kinds): (_, BTreeMap<&str, usize>)| {
        let badge = look.badge(source);
        let kinds: Vec<String> =
            kinds.into_iter().map(|(kind, count)| format!("{} {count}", look.words().kind(kind))).collect();
        view! { <li><SourceBadge badge/>" "{kinds.join(", ")}</li> }.into_any()
    };
    kinds.into_iter().map(line).collect()
}
