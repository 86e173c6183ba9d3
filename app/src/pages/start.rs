//! The start page.

use access::Role;
use leptos::prelude::*;

use super::sign_in::choices;
use super::{Page, SignInChoice};
use crate::words::words;

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
    view! { <Page title=words().product().to_owned()><StartPage demo sources/></Page> }
}

/// Says what this is, and offers the ways in.
#[component]
pub fn StartPage(
    /// Ways into the demo; empty outside it.
    demo: Vec<DemoLink>,
    /// Sources where a user may sign in.
    sources: Vec<SignInChoice>,
) -> impl IntoView {
    let words = words();
    let to_panel =
        (!sources.is_empty()).then(|| view! { <p><a href="/sign-in?for=panel">{words.sign_in_to_panel()}</a></p> });
    let ways = if demo.is_empty() {
        view! { <h2>{words.sign_in_heading()}</h2><p>{words.sign_in_how()}</p>{choices(sources)}{to_panel} }.into_any()
    } else {
        let links = demo.into_iter().map(|link| {
            view! {
                <li class="way">
                    <a class="button button--primary button--large" href=link.href>{words.open_as(link.role)}</a>
                    <p>{words.demo_shows(link.role)}</p>
                </li>
            }
        });
        view! { <h2>{words.start_demo()}</h2><p>{words.start_demo_how()}</p><ul class="ways ways--equal">{links.collect_view()}</ul> }.into_any()
    };
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{words.start_heading()}</h1>
            <p>{words.start_what()}</p>
            {ways}
        </main>
    }
}
