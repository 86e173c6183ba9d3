//! A request that cannot be answered with a page of its own.

use leptos::prelude::*;

use super::Page;

/// What to tell about a refusal or a failure. Own words only, never text of a request or a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// A few words: "This address is not open here".
    pub title: String,
    /// What happened, in a sentence.
    pub sentence: String,
    /// What the user can do now.
    pub what_to_do: String,
    /// Reference for support, where something was logged under one.
    pub reference: Option<String>,
    /// Where to go on: label and address.
    pub way_on: Option<(String, String)>,
}

/// The whole page; the handler sets the status.
pub fn error_document(trouble: Trouble) -> impl IntoView {
    view! { <Page title="Not shown · Accord".to_owned()><ErrorPage trouble/></Page> }
}

/// Says what happened and what the user can do.
#[component]
pub fn ErrorPage(
    /// What to tell.
    trouble: Trouble,
) -> impl IntoView {
    let _ = trouble;
}
