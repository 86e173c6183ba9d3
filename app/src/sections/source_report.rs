//! One source: its state, what can be done about it, and what could not be read or used.

use care_plan::snapshot::{Record, Status};
use leptos::prelude::*;

use super::look::Look;
use super::source_list::{action, state};
use super::ties::ties;
use crate::parts::SourceBadge;
use crate::who::Ties;

/// Draws a source: its head with its state and what can be done, each read that is not whole, each entry that could not
/// be used, and how its record is known to be this person's.
pub fn source_report(look: &Look, record: &Record, known: &Ties) -> AnyView {
    let words = look.words();
    let heading = format!("source-{}", look.badge(&record.source.id).place);
    let status = record.status();
    // One line for each reason, with the kinds that it kept away.
    let mut missing: Vec<(String, Vec<String>)> = Vec::new();
    for read in &record.reads {
        if matches!(read.status, Status::Complete | Status::Pending | Status::NotSupported | Status::NotConnected) {
            continue;
        }
        let kind = words.kind(&read.kind);
        let kind = read.part.as_ref().map_or_else(|| kind.to_owned(), |part| format!("{kind} ({part})"));
        let why = words.read_state(&read.status);
        match missing.iter_mut().find(|(said, _)| *said == why) {
            Some((_, kinds)) => kinds.push(kind),
            None => missing.push((why, vec![kind])),
        }
    }
    let missing = missing.into_iter().map(|(why, kinds)| view! { <li>{words.lacks(&words.list(&kinds), &why)}</li> });
    let missing: Vec<_> = missing.collect();
    let missing = (!missing.is_empty()).then(|| view! { <ul class="lines source-report__missing">{missing}</ul> });
    let sighting = look.sighting(&record.source.id).filter(|_| status == Status::NotConnected);
    let sighting = sighting.map(|sighting| view! { <p class="muted">{words.sighting_means(sighting)}</p> });
    let unasked = (record.reads.is_empty() && status != Status::Pending && sighting.is_none())
        .then(|| view! { <p class="muted">{words.nothing_asked()}</p> });
    let problems = (!record.problems.is_empty()).then(|| {
        let lines = record.problems.iter().map(|problem| view! { <li>{words.problem(problem)}</li> });
        view! { <h3>{words.problems(record.problems.len())}</h3><ul class="lines">{lines.collect_view()}</ul> }
    });
    let class = match status {
        Status::Complete | Status::Pending | Status::NotConnected => "source-report",
        Status::Partial(_) => "source-report source-report--warn",
        Status::Failed(_) | Status::NotPermitted(_) | Status::NotSupported => "source-report source-report--bad",
    };
    view! {
        <section class=class aria-labelledby=heading>
            <div class="source-report__head">
                <h2 id=heading.clone()><SourceBadge badge=look.badge(&record.source.id)/>" "<span aria-hidden="true">{record.source.name.clone()}</span></h2>
                <p class="source-report__state">{state(look, record)}</p>
                {action(look, &record.source, &status)}
            </div>
            {sighting}
            {missing}
            {unasked}
            {problems}
            {ties(look, record, known)}
        </section>
    }
    .into_any()
}
