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
    /// `aria-invalid`.
    #[prop(default = None)]
    invalid: Option<&'static str>,
    /// `aria-describedby`: the ids of what is said of it.
    #[prop(default = None)]
    described: Option<String>,
) -> impl IntoView {
    // HTML drops one newline after the tag: ours, not the text's own.
    let text = format!("\n{}", escape(&text));
    view! {
        <textarea id=id name=name rows="3" class="field" aria-invalid=invalid aria-describedby=described inner_html=text>
        </textarea>
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
