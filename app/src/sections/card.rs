//! The card of an item on the board.

use care_plan::plan::Item;
use leptos::prelude::*;

use super::card_issues::issues_of;
use super::look::{Lit, Look};
use super::maybe_same::maybe_same;
use crate::parts::StatusChip;
use crate::words::Tone;

/// What the board's cards have in common: an article named by its title, whose title lights its thread.
///
/// `title` is what is drawn (a patient's own words stand in quotation marks); `content` is everything that the card
/// shows, for the comparison of fragments; `why` says why the item's members are one.
pub fn card(look: &Look, item: &Item, title: String, content: &str, body: AnyView, why: Option<AnyView>) -> AnyView {
    let words = look.words();
    let id = item.id.0.clone();
    let title_id = format!("title-{id}");
    let (stated, inferred) = look.leads_to(&item.id);
    let told = look.inferred_to(&item.id);
    let list = |ids: Vec<care_plan::plan::ItemId>| ids.into_iter().map(|id| id.0).collect::<Vec<_>>().join(" ");
    let issues: Vec<_> = issues_of(look, item).collect();
    let proposals: Vec<_> = look.plan().proposals.iter().filter(|proposal| proposal.items.contains(&item.id)).collect();
    let version = super::fingerprint::fingerprint(&(content, &stated, &inferred, &told, &issues, &proposals));
    let (class, current) = match look.lit(&item.id) {
        Lit::Nothing => ("card", None),
        Lit::Chosen => ("card card--on card--chosen", Some("true")),
        Lit::On => ("card card--on", None),
        Lit::Off => ("card card--off", None),
    };
    let told = (!told.is_empty()).then(|| {
        let count = told.len();
        let lines = told.into_iter().map(|(to, how)| view! { <li>{words.linked_by_us(&to, &how)}</li> });
        view! {
            <details class="card__links">
                <summary>{words.links_by_us(count)}</summary>
                <ul>{lines.collect_view()}</ul>
            </details>
        }
    });
    let label = words.confidential(item.confidentiality);
    let label = label.map(|text| view! { <p class="card__label"><StatusChip text tone=Tone::Warn/></p> });
    view! {
        <article
            class=class
            id=id
            aria-labelledby=title_id
            data-key=item.id.0.clone()
            data-version=version
            data-to=list(stated)
            data-to-inferred=list(inferred)
        >
            <h3 class="card__title">
                <a href=look.item_href(&item.id) id=title_id.clone() aria-current=current data-light="">{title}</a>
            </h3>
            {label}
            {body}
            {maybe_same(look, item)}
            {why}
            {told}
        </article>
    }
    .into_any()
}

/// The line below a title.
pub fn sub_line(parts: Vec<String>) -> Option<AnyView> {
    (!parts.is_empty()).then(|| view! { <p class="card__sub">{parts.join(" · ")}</p> }.into_any())
}
