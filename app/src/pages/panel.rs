//! The panel: the people who share with the care team of a tenant. It has no banner, because it is about several people;
//! each row repeats who the person is (CUI patient banner 0015).

use access::{PersonSummary, Role};
use fhir::FhirDate;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use leptos::prelude::*;

use super::Page;
use crate::parts::{Badge, Hidden, SourceBadge};
use crate::sections::{Searched, Sought, session_watch, user};
use crate::words::{DateStyle, Words, words};

/// What the panel shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panel {
    /// The organisation.
    pub tenant_name: String,
    /// The user's name, where the source gave one.
    pub user_name: Option<String>,
    /// The user's role.
    pub role: Role,
    /// What is sought, as it was typed; empty where everybody is shown.
    pub sought: String,
    /// How many people share, found or not.
    pub all: usize,
    /// The people to show.
    pub people: Vec<PanelPerson>,
    /// The present moment.
    pub now: Timestamp,
    /// The tenant's time zone.
    pub zone: TimeZone,
}

/// One person of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelPerson {
    /// Our own id, which the form sends.
    pub id: String,
    /// Who it is; `None` where nothing is kept.
    pub summary: Option<PersonSummary>,
    /// The records that are shared, in the order of the configuration.
    pub shared: Vec<PanelRecord>,
}

/// A record that a person shares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PanelRecord {
    /// Its source.
    pub badge: Badge,
    /// Since when.
    pub since: Timestamp,
    /// False where the source has ended the access: it was agreed, and nothing is read by it.
    pub is_read: bool,
}

impl Panel {
    /// Keeps the people who fit the words that were typed: each word must stand in the name or the birth date, whatever
    /// its case and accents.
    #[must_use]
    pub fn find(mut self, typed: Option<&str>) -> Self {
        let sought = Sought::parse(typed);
        self.people.retain(|person| sought.is_in(person));
        sought.text().clone_into(&mut self.sought);
        self
    }
}

impl Searched for PanelPerson {
    fn texts<'a>(&'a self, into: &mut Vec<&'a str>) {
        if let Some(summary) = &self.summary {
            into.push(&summary.name);
            into.extend(summary.birth_date.as_deref());
        }
    }
}

/// The whole page.
pub fn panel_document(panel: Panel) -> impl IntoView {
    view! { <Page title=words().title(words().panel_heading(), None)><PanelPage panel/></Page> }
}

/// Lists the people, with a search that works without script.
#[component]
pub fn PanelPage(
    /// What to show.
    panel: Panel,
) -> impl IntoView {
    let words = words();
    let role = words.role(panel.role);
    let name = panel.user_name.clone().unwrap_or_else(|| role.to_owned());
    let about = format!("{} · {}", words.panel_people(panel.all), panel.tenant_name);
    let body = if panel.all == 0 { empty(words) } else { list(&panel) };
    view! {
        <a class="skip" href="#main">{words.skip()}</a>
        <header class="banner">
            <div class="person">
                <h1 class="person__name">{words.panel_heading()}</h1>
                <p class="muted">{about}</p>
            </div>
            {user(name, role)}
        </header>
        <main id="main" class="below" tabindex="-1">{body}</main>
        {session_watch("/session".to_owned())}
    }
}

fn empty(words: Words) -> AnyView {
    view! {
        <section class="panel">
            <h2>{words.panel_empty()}</h2>
            <p>{words.panel_empty_how()}</p>
        </section>
    }
    .into_any()
}

fn list(panel: &Panel) -> AnyView {
    let words = words();
    let found = (!panel.sought.is_empty()).then(|| {
        let told = words.panel_found(&panel.sought, panel.people.len(), panel.all);
        view! { <p class="told" role="status">{told}" "<a href="/panel">{words.panel_everybody()}</a></p> }
    });
    let rows = panel.people.iter().map(|person| row(words, panel, person)).collect_view();
    let table = (!panel.people.is_empty()).then(|| {
        view! {
            <section class="panel" aria-label=words.panel_heading()>
                <table class="people">
                    <thead><tr>
                        <th scope="col">{words.panel_person()}</th>
                        <th scope="col">{words.panel_shared()}</th>
                        <th scope="col">{words.panel_since()}</th>
                        <th scope="col"><Hidden text=words.panel_open_column()/></th>
                    </tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </section>
        }
    });
    view! {
        <p class="muted">{words.panel_what()}</p>
        <form class="filters filters__words people__search" role="search" method="get" action="/panel">
            <input class="field" type="search" name="q" maxlength="200" aria-label=words.panel_search()
                placeholder=words.panel_search_hint() value=panel.sought.clone()/>
            <button class="button button--small">{words.panel_search_button()}</button>
        </form>
        {found}
        {table}
    }
    .into_any()
}

fn row(words: Words, panel: &Panel, person: &PanelPerson) -> AnyView {
    let summary = person.summary.clone().unwrap_or_default();
    let name = if summary.name.is_empty() { words.panel_no_name().to_owned() } else { summary.name.clone() };
    let facts = [born(words, panel, &summary), words.gender(summary.sex.as_deref())].join(" · ");
    let sources = person.shared.iter().map(|PanelRecord { badge, is_read, .. }| {
        let name = badge.name.clone();
        let unread = (!is_read).then(|| view! { " "<small>{words.panel_not_read()}</small> });
        view! { <span><SourceBadge badge=badge.clone()/>" "<span aria-hidden="true">{name}</span>{unread}</span> }
    });
    let since = person.shared.iter().map(|record| record.since).min();
    let day = |since: Timestamp| words.day(since.to_zoned(panel.zone.clone()).date(), DateStyle::of(panel.role));
    let since = since.map(day).unwrap_or_default();
    view! {
        <tr>
            <th scope="row"><span class="people__name">{name.clone()}</span>" "<span class="people__facts">{facts}</span></th>
            <td data-label=words.panel_shared()><span class="people__sources">{sources.collect_view()}</span></td>
            <td data-label=words.panel_since()>{since}</td>
            <td class="people__open">
                <form method="post" action="/panel/open">
                    <input type="hidden" name="person" value=person.id.clone()/>
                    <button class="button button--small">{words.panel_open()}<Hidden text=words.panel_of(&name)/></button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn born(words: Words, panel: &Panel, summary: &PersonSummary) -> String {
    let Some(born) = summary.birth_date.as_deref().and_then(FhirDate::parse) else {
        return format!("{} {}", words.born(), words.not_recorded().to_lowercase());
    };
    let today = panel.now.to_zoned(panel.zone.clone()).date();
    let date = words.date(&born, &panel.zone, DateStyle::of(panel.role));
    match words.age(&born, today) {
        Some(age) => format!("{} {date} ({age})", words.born()),
        None => format!("{} {date}", words.born()),
    }
}
