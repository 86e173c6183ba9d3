//! What one source gave and did not give, type by type.

use care_plan::snapshot::{Record, Status};
use leptos::prelude::*;

use super::look::Look;
use super::source_list::{action, state};
use crate::parts::{SourceBadge, StatusChip};
use crate::words::Tone;

/// Draws a source: its state, what can be done, each read, and each entry that could not be used.
pub fn source_report(look: &Look, record: &Record) -> AnyView {
    let words = look.words();
    let heading = format!("source-{}", look.badge(&record.source.id).place);
    let rows = record.reads.iter().map(|read| {
        let kind = match &read.part {
            Some(part) => format!("{}: {part}", read.kind),
            None => read.kind.clone(),
        };
        let count = if matches!(read.status, Status::Complete | Status::Partial(_)) {
            read.count.to_string()
        } else {
            "–".to_owned()
        };
        view! {
            <tr>
                <th scope="row">{kind}</th>
                <td><StatusChip text=words.read_state(&read.status) tone=tone(&read.status)/></td>
                <td class="figure">{count}</td>
            </tr>
        }
    });
    let rows: Vec<_> = rows.collect();
    let matrix = if rows.is_empty() {
        view! { <p class="muted">{words.nothing_asked()}</p> }.into_any()
    } else {
        view! {
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.kind_column()}</th>
                        <th scope="col">{words.state_column()}</th>
                        <th scope="col">{words.count_column()}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let problems = (!record.problems.is_empty()).then(|| {
        let lines = record.problems.iter().map(|problem| view! { <li>{words.problem(problem)}</li> });
        view! { <h3>{words.problems(record.problems.len())}</h3><ul class="lines">{lines.collect_view()}</ul> }
    });
    view! {
        <section class="panel" aria-labelledby=heading>
            <h2 id=heading.clone()><SourceBadge badge=look.badge(&record.source.id)/>" "<span aria-hidden="true">{record.source.name.clone()}</span></h2>
            <p class="source-state"><span>{state(look, record)}</span>" "{action(look, &record.source, &record.status())}</p>
            {matrix}
            {problems}
        </section>
    }
    .into_any()
}

/// The tone of a state.
fn tone(status: &Status) -> Tone {
    match status {
        Status::Complete => Tone::Good,
        Status::Pending => Tone::Info,
        Status::NotConnected | Status::NotSupported => Tone::Plain,
        Status::Partial(_) | Status::NotPermitted(_) => Tone::Warn,
        Status::Failed(_) => Tone::Bad,
    }
}
