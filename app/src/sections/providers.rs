//! The providers that a user may choose from, and the box that searches them; works without script.

use leptos::prelude::*;

use crate::parts::{Badge, SourceBadge};
use crate::words::words;

/// A provider that may be chosen: a registered source, under a name that its patients know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderChoice {
    /// Its name.
    pub name: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Where it is.
    pub place: Option<String>,
    /// Name of its portal.
    pub portal: Option<String>,
    /// The source's own name, where the provider is known by another one.
    pub signs_in_at: Option<String>,
    /// The source's badge.
    pub badge: Badge,
    /// Where signing in begins.
    pub href: String,
    /// True where its record is in the plan already.
    pub connected: bool,
}

/// What a page of providers shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSheet {
    /// Where the search box sends its words.
    pub action: String,
    /// What else the address says and must go on saying.
    pub kept: Vec<(String, String)>,
    /// The words sought; empty where all are shown.
    pub sought: String,
    /// Those shown.
    pub choices: Vec<ProviderChoice>,
    /// How many there are that match, shown or not.
    pub matching: usize,
}

/// For what a provider is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChosenFor {
    /// To sign in.
    SigningIn,
    /// To join its record to the plan that is open.
    Connecting,
}

/// Draws the search box and the providers.
pub fn providers(sheet: ProviderSheet, chosen_for: ChosenFor) -> AnyView {
    let words = words();
    if sheet.sought.is_empty() && sheet.choices.is_empty() {
        return view! { <p class="muted">{words.sign_in_none()}</p> }.into_any();
    }
    let found = words.providers_found(&sheet.sought, sheet.matching, sheet.choices.len());
    let items: Vec<AnyView> = sheet.choices.iter().map(|choice| provider(choice, chosen_for)).collect();
    let list = (!items.is_empty()).then(|| view! { <ul class="providers">{items}</ul> });
    view! {
        {search(&sheet)}
        <p class="muted" role="status">{found}</p>
        {list}
    }
    .into_any()
}

fn search(sheet: &ProviderSheet) -> AnyView {
    let words = words();
    let hidden = sheet.kept.iter().cloned().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    let all = (!sheet.sought.is_empty()).then(|| {
        let query = sheet.kept.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
        let mark = if query.is_empty() { "" } else { "?" };
        view! { <a href=format!("{}{mark}{query}", sheet.action)>{words.providers_all()}</a> }
    });
    view! {
        <form class="provider-search" role="search" method="get" action=sheet.action.clone()>
            {hidden.collect_view()}
            <label for="q">{words.providers_search()}</label>
            <input class="field" id="q" name="q" type="search" maxlength="100" autocomplete="off" value=sheet.sought.clone()/>
            <button class="button">{words.providers_search_button()}</button>
            {all}
        </form>
    }
    .into_any()
}

fn provider(choice: &ProviderChoice, chosen_for: ChosenFor) -> AnyView {
    let words = words();
    let label = match chosen_for {
        ChosenFor::SigningIn => words.sign_in_at(&choice.name),
        ChosenFor::Connecting => words.connect_name(&choice.name),
    };
    let badge = view! { <span aria-hidden="true"><SourceBadge badge=choice.badge.clone()/></span>" " };
    let way = match (chosen_for, choice.connected) {
        (ChosenFor::Connecting, true) => {
            view! { <p class="provider__way">{badge}<strong>{choice.name.clone()}</strong>" "{words.provider_connected()}</p> }.into_any()
        }
        _ => view! { <p class="provider__way"><a class="button button--large" href=choice.href.clone()>{badge}{label}</a></p> }.into_any(),
    };
    let about: Vec<String> = [
        choice.place.clone(),
        (!choice.aliases.is_empty()).then(|| words.provider_aliases(&choice.aliases)),
        choice.portal.as_ref().map(|portal| words.provider_portal(portal)),
        choice.signs_in_at.as_ref().map(|name| words.provider_signs_in_at(name)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let about = (!about.is_empty()).then(|| view! { <p class="provider__about">{about.join(" · ")}</p> });
    view! { <li class="provider">{way}{about}</li> }.into_any()
}
