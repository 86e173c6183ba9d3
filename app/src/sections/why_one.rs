//! Why the members of an item are one: each with its source and what it says, then the evidence in words.

use care_plan::plan::{Evidence, Item, Outcome};
use leptos::prelude::*;

use super::look::Look;
use super::said::Said;
use crate::parts::{SourceBadge, StatusChip};

/// Draws the members and the evidence, folded; nothing for an item of one member.
pub fn why_one(look: &Look, item: &Item, said: &[Said<'_>]) -> Option<AnyView> {
    let words = look.words();
    if item.members.len() < 2 {
        return None;
    }
    let mut order: Vec<&Said<'_>> = said.iter().collect();
    order.sort_by_key(|one| look.order(&one.member.key.source));
    let members = order.into_iter().map(|one| {
        let (text, tone) = one.status.clone();
        let mut about: Vec<String> = one.when.map(|when| look.date(when)).into_iter().collect();
        about.extend(one.member.version.as_deref().map(|version| words.version(version)));
        let label = words
            .confidential(one.member.confidentiality)
            .map(|text| view! { " "<StatusChip text tone=crate::words::Tone::Warn/> });
        view! {
            <li>
                <SourceBadge badge=look.badge(&one.member.key.source)/>" "
                <span>{words.calls_it(one.title)}</span>" "
                <StatusChip text tone/>{label}" "
                <small>{about.join(", ")}</small>
            </li>
        }
    });
    let members = view! { <ul class="why__members">{members.collect_view()}</ul> };
    Some(folded(look, item, members.into_any()))
}

/// The same of a series: how many readings each source gave, what was left out and what was converted.
pub fn why_one_series(look: &Look, outcome: &Outcome) -> Option<AnyView> {
    let words = look.words();
    if outcome.item.members.len() < 2 {
        return None;
    }
    let sources = look.badges(outcome.readings.iter().map(|reading| &reading.key.source));
    let members = sources.into_iter().map(|badge| {
        let count = outcome.readings.iter().filter(|reading| look.badge(&reading.key.source) == badge).count();
        view! { <li><SourceBadge badge/>" "{words.readings_from(count)}</li> }
    });
    let copies = outcome.readings.iter().filter(|reading| reading.duplicate_of.is_some()).count();
    let converted = outcome.readings.iter().filter(|reading| reading.converted.is_some()).count();
    let told = [
        (copies > 0).then(|| words.readings_repeated(copies)),
        (converted > 0).then(|| words.readings_converted(converted, &outcome.unit)),
    ];
    let told = told.into_iter().flatten().map(|told| view! { <li>{told}</li> });
    let members = view! { <ul class="why__members">{members.collect_view()}{told.collect_view()}</ul> };
    Some(folded(look, &outcome.item, members.into_any()))
}

fn folded(look: &Look, item: &Item, members: AnyView) -> AnyView {
    let words = look.words();
    let because = item.because.iter().map(|evidence| {
        let linked_by = match evidence {
            Evidence::Linked { by } | Evidence::Copied { by } => look.badge(&by.source).name,
            _ => String::new(),
        };
        view! { <li>{words.evidence(evidence, &linked_by)}</li> }
    });
    view! {
        <details class="card__links why">
            <summary>{words.why_one(item.members.len())}</summary>
            {members}
            <ul class="why__evidence">{because.collect_view()}</ul>
        </details>
    }
    .into_any()
}
