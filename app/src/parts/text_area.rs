//! A field for several lines.

use leptos::prelude::*;

/// A field for several lines whose text may hold anything.
///
/// Leptos does not escape the children of a `textarea`, so this is the only way text gets into one.
#[component]
pub fn TextArea(
    /// `id`, for its label.
    #[prop(into)]
    id: String,
    /// Name in the form.
    #[prop(into)]
    name: String,
    /// What is in it.
    text: String,
) -> impl IntoView {
    // HTML drops one newline after the tag: ours, not the text's own.
    view! { <textarea id=id name=name rows="3" class="field" inner_html=format!("\n{}", escape(&text))></textarea> }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
