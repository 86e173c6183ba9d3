//! Codes that nobody has vouched for, said where the concept is read.

use leptos::prelude::*;
use shared_plan::plan::Coded;

use crate::sections::Look;

/// Draws a line for each such code of these concepts.
pub fn unverified<'a>(look: &Look, concepts: impl IntoIterator<Item = &'a Coded>) -> AnyView {
    let words = look.words();
    let codes = concepts.into_iter().flat_map(Coded::unverified);
    codes.map(|code| view! { <p class="muted">{words.code_unverified(code)}</p> }).collect_view().into_any()
}
