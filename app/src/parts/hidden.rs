//! Words for those who listen.

use leptos::prelude::*;

/// Text that is read out but not drawn, where a mark or a place says the same to the eye.
#[component]
pub fn Hidden(
    /// What is read out.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="hidden-text">{text}</span> }
}
