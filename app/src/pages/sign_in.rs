//! Signing in without an EHR around us.

use leptos::prelude::*;

use super::Page;

/// A source where a user may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInChoice {
    /// Name of the source.
    pub name: String,
    /// Badge letters.
    pub tag: String,
    /// Where a standalone launch there begins.
    pub href: String,
}

/// The whole sign-in page.
pub fn sign_in_document(sources: Vec<SignInChoice>) -> impl IntoView {
    view! { <Page title="Sign in · Accord".to_owned()><SignInPage sources/></Page> }
}

/// Lists the sources where a user may sign in.
#[component]
pub fn SignInPage(
    /// In the order of the configuration.
    sources: Vec<SignInChoice>,
) -> impl IntoView {
    let _ = sources;
}
