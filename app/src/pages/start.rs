//! The start page.

use access::Role;
use leptos::prelude::*;

use super::{Page, SignInChoice};

/// A way into the demo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLink {
    /// As whom.
    pub role: Role,
    /// Where it begins.
    pub href: String,
}

/// The whole start page. Demo links win over the list of sources when there are any.
pub fn start_document(demo: Vec<DemoLink>, sources: Vec<SignInChoice>) -> impl IntoView {
    view! { <Page title="Accord".to_owned()><StartPage demo sources/></Page> }
}

/// Says what this is, and offers the ways in.
#[component]
pub fn StartPage(
    /// Ways into the demo; empty outside it.
    demo: Vec<DemoLink>,
    /// Sources where a user may sign in.
    sources: Vec<SignInChoice>,
) -> impl IntoView {
    let _ = (demo, sources);
}
