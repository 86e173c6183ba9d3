//! What each record says of an item, on its card: statuses that differ stand side by side, none hides another.

use care_plan::plan::{Item, Member};
use fhir::FhirDate;
use leptos::prelude::*;

use super::look::Look;
use crate::parts::{Badge, SourceBadge, StatusChip};
use crate::words::Tone;

/// What one member says, as its card tells it.
pub struct Said<'a> {
    /// The member.
    pub member: &'a Member,
    /// What it calls the item.
    pub title: &'a str,
    /// Its status in words.
    pub status: (String, Tone),
    /// The date that counts for it.
    pub when: Option<&'a FhirDate>,
}

/// Draws the statuses and the marks of the sources: one status where all agree, else each with the sources that say so.
pub fn statuses(look: &Look, item: &Item, said: &[Said<'_>]) -> AnyView {
    let mut groups: Vec<(&(String, Tone), Vec<&Said<'_>>)> = Vec::new();
    for one in said {
        match groups.iter_mut().find(|(status, _)| **status == one.status) {
            Some((_, same)) => same.push(one),
            None => groups.push((&one.status, vec![one])),
        }
    }
    let chip = |(text, tone): &(String, Tone)| view! { <StatusChip text=text.clone() tone=*tone/> };
    if groups.len() < 2 {
        let status = groups.first().map(|(status, _)| chip(status));
        return view! { {status}{all_badges(look, item)} }.into_any();
    }
    let groups = groups.into_iter().map(|(status, same)| {
        let badges: Vec<Badge> = look.badges(same.iter().map(|one| &one.member.key.source));
        view! { <span class="card__said">{chip(status)}{marks(badges)}</span> }
    });
    view! { <span class="card__differ">{groups.collect_view()}</span> }.into_any()
}

/// The marks of all sources that hold an item.
pub fn all_badges(look: &Look, item: &Item) -> AnyView {
    let badges = look.badges(item.members.iter().map(|member| &member.key.source));
    view! { <span class="card__sources">{marks(badges)}</span> }.into_any()
}

fn marks(badges: Vec<Badge>) -> AnyView {
    badges.into_iter().map(|badge| view! { <SourceBadge badge/> }).collect_view().into_any()
}
