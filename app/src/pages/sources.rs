//! The page of the sources.

use leptos::prelude::*;

use super::Page;
use crate::desk::Answer;

/// The whole page of the sources of the launch in the context; `answer` is what a retry without script was told.
pub fn sources_document(answer: Option<Answer>) -> impl IntoView {
    view! { <Page title="Sources · Accord".to_owned()><SourcesPage answer/></Page> }
}

/// What was read where, what could not be read and why, and what says that the records are one person's.
#[component]
pub fn SourcesPage(
    /// What a retry was told.
    answer: Option<Answer>,
) -> impl IntoView {
    let _ = answer;
}
