//! A status in words.

use leptos::prelude::*;

use crate::words::Tone;

/// A status: the word carries the meaning, mark and colour help.
#[component]
pub fn StatusChip(
    /// The word.
    #[prop(into)]
    text: String,
    /// What it means for the reader.
    tone: Tone,
) -> impl IntoView {
    let class = match tone {
        Tone::Plain => "chip",
        Tone::Info => "chip chip--info",
        Tone::Good => "chip chip--good",
        Tone::Warn => "chip chip--warn",
        Tone::Bad => "chip chip--bad",
    };
    view! { <span class=class>{text}</span> }
}
