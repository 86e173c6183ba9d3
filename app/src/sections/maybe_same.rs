//! Entries that may be the same and that nothing proves to be: for a person to say, text alone never joins.

use care_plan::plan::{Item, ItemId};
use leptos::prelude::*;

use super::look::Look;
use crate::parts::SourceBadge;

/// Most entries that are named on one card.
const NAMED: usize = 3;

/// Draws what an item may be the same as; nothing where nothing is proposed.
pub fn maybe_same(look: &Look, item: &Item) -> Option<AnyView> {
    let words = look.words();
    let proposed = look.plan().proposals.iter().filter(|proposal| proposal.items.contains(&item.id));
    let mut others: Vec<&ItemId> = proposed.flat_map(|proposal| &proposal.items).filter(|id| **id != item.id).collect();
    others.sort();
    others.dedup();
    let named: Vec<AnyView> = others.iter().filter_map(|id| named(look, id)).take(NAMED).collect();
    let more = others.len().saturating_sub(named.len());
    (!named.is_empty()).then(|| {
        let more = (more > 0).then(|| words.more_issues(more));
        view! { <p class="card__maybe">{words.may_be_same()}" "{named}{more}</p> }.into_any()
    })
}

fn named(look: &Look, id: &ItemId) -> Option<AnyView> {
    let other = look.item(id)?;
    let badges = look.badges(other.members.iter().map(|member| &member.key.source));
    let badges = badges.into_iter().map(|badge| view! { <SourceBadge badge/>" " });
    let named = view! { <span><a href=look.item_href(id)>{other.title.clone()}</a>" "{badges.collect_view()}</span> };
    Some(named.into_any())
}
