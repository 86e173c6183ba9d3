//! The mark of a source.

use leptos::prelude::*;

use super::Hidden;

/// How a source is marked: its name, its letters and its place in the tenant's list, which gives the colour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Badge {
    /// Name for people.
    pub name: String,
    /// Two or three letters.
    pub tag: String,
    /// Place in the list of sources, from 0.
    pub place: usize,
}

/// Shows the letters; the whole name is its text for those who listen, and its title for those who point.
#[component]
pub fn SourceBadge(
    /// The source.
    badge: Badge,
) -> impl IntoView {
    let class = format!("tag tag--{}", badge.place % 8);
    view! {
        <span class=class title=badge.name>
            <span aria-hidden="true">{badge.tag}</span>
            <Hidden text=badge.name.clone()/>
        </span>
    }
}
