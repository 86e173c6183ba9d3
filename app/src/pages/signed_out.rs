//! After signing out.

use leptos::prelude::*;

use super::Page;
use crate::words::words;

/// The whole page after signing out.
pub fn signed_out_document() -> impl IntoView {
    view! { <Page title=words().title(words().signed_out_heading(), None)><SignedOutPage/></Page> }
}

/// Says that the session has ended here and what that does not end.
#[component]
pub fn SignedOutPage() -> impl IntoView {
    let words = words();
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{words.signed_out_heading()}</h1>
            <p>{words.signed_out_what()}</p>
            <p><a class="button" href="/sign-in">{words.sign_in_again()}</a></p>
        </main>
    }
}
