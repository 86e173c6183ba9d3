//! Signing in without an EHR around us.

use leptos::prelude::*;

use super::Page;
use crate::parts::{Badge, SourceBadge};
use crate::sections::{ChosenFor, ProviderSheet, providers};
use crate::words::words;

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
pub fn sign_in_document(sheet: ProviderSheet, to_panel: bool) -> impl IntoView {
    view! { <Page title=words().title(heading(to_panel), None)><SignInPage sheet to_panel/></Page> }
}

/// Lists the providers where a user may sign in.
#[component]
pub fn SignInPage(
    /// What is offered.
    sheet: ProviderSheet,
    /// True where it leads to the panel of a coordinator, and not to one person's plan.
    to_panel: bool,
) -> impl IntoView {
    let words = words();
    let panel =
        to_panel.then(|| view! { <p>{words.sign_in_panel()}" "<a href="/sign-in">{words.sign_in_to_plan()}</a></p> });
    view! {
        <main class="plain" id="main">
            <p class="plain__product">{words.product()}</p>
            <h1>{heading(to_panel)}</h1>
            {panel}
            <p>{words.sign_in_how()}</p>
            {providers(sheet, ChosenFor::SigningIn)}
        </main>
    }
}

fn heading(to_panel: bool) -> &'static str {
    if to_panel { words().sign_in_panel_heading() } else { words().sign_in_heading() }
}

/// Draws the places to sign in.
pub fn choices(sources: Vec<SignInChoice>) -> AnyView {
    let words = words();
    if sources.is_empty() {
        return view! { <p class="muted">{words.sign_in_none()}</p> }.into_any();
    }
    let links = sources.into_iter().enumerate().map(|(place, choice)| {
        let badge = Badge { name: choice.name.clone(), tag: choice.tag, place };
        let label = words.sign_in_at(&choice.name);
        view! { <li><a class="button button--large" href=choice.href><span aria-hidden="true"><SourceBadge badge/></span>" "{label}</a></li> }
    });
    view! { <ul class="ways">{links.collect_view()}</ul> }.into_any()
}
