//! The list named *Sources*: what each gave, how fresh it is, what is wrong, and what can be done.

use care_plan::snapshot::{Reason, Record, Source, Status};
use leptos::prelude::*;

use super::fingerprint::fingerprint;
use super::look::Look;
use leptos::server_fn::ServerFn;

use crate::desk::Sighting;
use crate::functions::RetrySource;
use crate::parts::{Hidden, SourceBadge};

/// Draws every registered source, and every other that is in the picture.
///
/// A page that is `quiet` about them shows on a small screen only what is late or failed.
pub fn source_list(look: &Look, quiet: bool) -> AnyView {
    let words = look.words();
    let snapshot = look.snapshot();
    let unread = look.sources().iter().filter(|registered| snapshot.record(&registered.source.id).is_none());
    let mut rows: Vec<(Source, Status, String)> = (snapshot.records.iter())
        .map(|record| (record.source.clone(), record.status(), state(look, record)))
        .chain(unread.map(|registered| {
            (registered.source.clone(), Status::NotConnected, words.read_state(&Status::NotConnected))
        }))
        .collect();
    rows.sort_by_key(|(source, _, _)| look.order(&source.id));
    let version = fingerprint(&rows);
    let rows = rows.into_iter().map(|(source, status, state)| {
        let class = match status {
            Status::Complete => "source source--whole",
            Status::Pending => "source",
            Status::NotConnected => "source source--open",
            Status::Partial(_) => "source source--warn",
            Status::Failed(_) | Status::NotPermitted(_) | Status::NotSupported => "source source--bad",
        };
        let badge = look.badge(&source.id);
        let name = source.name.clone();
        view! {
            <li class=class>
                <SourceBadge badge/>
                <b aria-hidden="true">{name}</b>
                <span>{state}</span>
                {action(look, &source, &status)}
            </li>
        }
    });
    let class = if quiet { "sources sources--quiet" } else { "sources" };
    view! {
        <aside class=class aria-label=words.records() id="sources" data-live="" data-version=version>
            <ul aria-label=words.sources()>{rows.collect_view()}</ul>
        </aside>
    }
    .into_any()
}

/// What a source gave and how fresh that is.
pub fn state(look: &Look, record: &Record) -> String {
    if let (Status::NotConnected, Some(sighting)) = (record.status(), look.sighting(&record.source.id)) {
        return look.words().sighting(sighting).to_owned();
    }
    let age = record.as_of.map(|then| look.ago(then));
    look.words().source_state(&record.status(), record.resources.len(), age.as_deref())
}

/// What can be done about a source's state: sign in there, sign in again, say who it is, or read once more.
pub fn action(look: &Look, source: &Source, status: &Status) -> Option<AnyView> {
    let words = look.words();
    let link = |label: &'static str| {
        let href = look.connect(&source.id)?;
        let name = source.name.clone();
        Some(view! { <a class="source__action" href=href>{label}<Hidden text=format!(" {name}")/></a> }.into_any())
    };
    match status {
        Status::NotConnected => match look.sighting(&source.id) {
            Some(Sighting::MayBe { question }) => {
                let href = look.path(&format!("confirm/{question}"));
                let hidden = format!(" {}", source.name);
                Some(
                    view! { <a class="source__action" href=href>{words.compare_found()}<Hidden text=hidden/></a> }
                        .into_any(),
                )
            }
            _ => link(words.connect()),
        },
        Status::Failed(Reason::SignInExpired) | Status::Partial(Reason::SignInExpired) => link(words.reconnect()),
        Status::Failed(_) | Status::Partial(_) | Status::NotPermitted(_) => Some(retry(look, source)),
        Status::Pending | Status::Complete | Status::NotSupported => None,
    }
}

/// The button that reads a source once more.
pub fn retry(look: &Look, source: &Source) -> AnyView {
    view! {
        <form class="source__form" method="post" action=look.path(RetrySource::PATH.trim_start_matches('/'))>
            <input type="hidden" name="source" value=source.id.to_string()/>
            <button class="source__action">{look.words().retry()}<Hidden text=format!(" {}", source.name)/></button>
        </form>
    }
    .into_any()
}
