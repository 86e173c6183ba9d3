//! A request that cannot be answered with a page of its own.

use leptos::prelude::*;

use super::Page;
use crate::words::words;

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
    view! { <Page title=words().title(words().not_shown(), None)><ErrorPage trouble/></Page> }
}

/// Says what happened and what the user can do.
#[component]
pub fn ErrorPage(
    /// What to tell.
    trouble: Trouble,
) -> impl IntoView {
    let words = words();
    let Trouble { title, sentence, what_to_do, reference, way_on } = trouble;
    let (label, href) = way_on.unwrap_or_else(|| (words.start_page().to_owned(), "/".to_owned()));
    // A page of somebody else's learns neither who we are nor where the user was.
    let rel = (!href.starts_with('/')).then_some("noopener noreferrer");
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{title}</h1>
            <p>{sentence}</p>
            <p>{what_to_do}</p>
            {reference.map(|reference| view! { <p class="muted">{words.reference(&reference)}</p> })}
            <p><a class="button" href=href rel=rel>{label}</a></p>
        </main>
    }
}

impl Trouble {
    /// 404: no such page, launch or goal. The same words for "not there" and "not yours".
    pub fn not_found() -> Self {
        Self::told(words().trouble_not_found())
    }

    /// 403: the user may not do this.
    pub fn forbidden() -> Self {
        Self::told(words().trouble_forbidden())
    }

    /// 410: the launch or its session has ended.
    pub fn gone() -> Self {
        Self::told(words().trouble_gone())
    }

    /// 500: our own failure, logged under a reference.
    pub fn internal(reference: String) -> Self {
        Self { reference: Some(reference), ..Self::told(words().trouble_internal()) }
    }

    fn told([title, sentence, what_to_do]: [&str; 3]) -> Self {
        let own = str::to_owned;
        Self { title: own(title), sentence: own(sentence), what_to_do: own(what_to_do), reference: None, way_on: None }
    }
}
