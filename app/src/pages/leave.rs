//! The way to a source's own sign-in, after a form. A form may lead to our own pages only (`form-action`), and browsers
//! hold the pages that it is sent on to against that too; so the way goes over a page of ours, which sends the browser on.

use leptos::prelude::*;

use super::Page;
use crate::words::words;

/// The whole page; the handler also tells the browser to go on by itself.
pub fn leave_document(name: String, href: String) -> impl IntoView {
    view! { <Page title=words().title(words().leave_heading(), None)><LeavePage name href/></Page> }
}

/// Says where one is sent, with a link for browsers that do not go by themselves.
#[component]
pub fn LeavePage(
    /// Name of the source.
    name: String,
    /// Its sign-in.
    href: String,
) -> impl IntoView {
    let words = words();
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{words.sign_in_at(&name)}</h1>
            <p>{words.leave_what(&name)}</p>
            <p><a class="button button--primary" href=href rel="noreferrer">{words.leave_on(&name)}</a></p>
        </main>
    }
}
