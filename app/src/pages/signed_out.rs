//! After signing out.

use leptos::prelude::*;

use super::Page;

/// The whole page after signing out.
pub fn signed_out_document() -> impl IntoView {
    view! { <Page title="Signed out · Accord".to_owned()><SignedOutPage/></Page> }
}

/// Says that the session has ended here and what that does not end.
#[component]
pub fn SignedOutPage() -> impl IntoView {}
