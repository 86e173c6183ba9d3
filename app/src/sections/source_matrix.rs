//! What each source gave and did not give, kind by kind: one table over all sources.

use std::collections::BTreeMap;

use care_plan::snapshot::{Read, Record, Status};
use leptos::prelude::*;

use super::look::Look;
use crate::parts::{SourceBadge, StatusChip};
use crate::words::Tone;

/// How the reading of one kind went at one source, its parts taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The worst of its parts.
    pub status: Status,
    /// Entries that came.
    pub count: usize,
}

/// Takes the reads of one kind together; `None` where it was not asked for.
pub fn cell(record: &Record, kind: &str) -> Option<Cell> {
    let reads: Vec<&Read> = record.reads.iter().filter(|read| read.kind == kind).collect();
    let worst = reads.iter().min_by_key(|read| severity(&read.status))?;
    Some(Cell { status: worst.status.clone(), count: reads.iter().map(|read| read.count).sum() })
}

/// The worst first; what a source does not keep does not spoil what it gave.
fn severity(status: &Status) -> u8 {
    match status {
        Status::Failed(_) => 0,
        Status::NotPermitted(_) => 1,
        Status::Partial(_) => 2,
        Status::Pending => 3,
        Status::Complete => 4,
        Status::NotSupported | Status::NotConnected => 5,
    }
}

/// Draws the table: a row for each kind, a column for each source that was asked. Below 44 rem it is a list of lists.
pub fn source_matrix(look: &Look) -> AnyView {
    let words = look.words();
    let asked: Vec<&Record> = look.records().into_iter().filter(|record| !record.reads.is_empty()).collect();
    if asked.is_empty() {
        return view! { <p class="muted">{words.nothing_asked()}</p> }.into_any();
    }
    // In the order of the names that people read.
    let kinds: BTreeMap<&str, &str> = asked
        .iter()
        .flat_map(|record| &record.reads)
        .map(|read| (words.kind(&read.kind), read.kind.as_str()))
        .collect();
    let heads = asked.iter().map(|record| {
        let badge = look.badge(&record.source.id);
        view! { <th scope="col"><SourceBadge badge/>" "<span aria-hidden="true">{record.source.name.clone()}</span></th> }
    });
    let rows = kinds.into_iter().map(|(name, kind)| {
        let cells = asked.iter().map(|record| {
            let name = record.source.name.clone();
            view! { <td data-label=name>{content(look, cell(record, kind))}</td> }
        });
        view! { <tr><th scope="row">{name.to_owned()}</th>{cells.collect_view()}</tr> }
    });
    view! {
        <section class="panel" aria-labelledby="matrix-heading">
            <h2 id="matrix-heading">{words.matrix_heading()}</h2>
            <table class="matrix">
                <thead><tr><th scope="col">{words.kind_column()}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A cell: what is complete is quiet, what is missing is loud and says why.
fn content(look: &Look, cell: Option<Cell>) -> AnyView {
    let words = look.words();
    let Some(Cell { status, count }) = cell else {
        return view! { <span class="muted">{words.not_asked()}</span> }.into_any();
    };
    match &status {
        Status::Complete => view! { <span class="matrix__whole">{words.entries_read(count)}</span> }.into_any(),
        Status::Pending | Status::NotSupported | Status::NotConnected => {
            view! { <span class="muted">{words.read_state(&status)}</span> }.into_any()
        }
        Status::Partial(_) => {
            let text = format!("{count}, {}", words.read_state(&status));
            view! { <StatusChip text tone=Tone::Warn/> }.into_any()
        }
        Status::NotPermitted(_) => view! { <StatusChip text=words.read_state(&status) tone=Tone::Warn/> }.into_any(),
        Status::Failed(_) => view! { <StatusChip text=words.read_state(&status) tone=Tone::Bad/> }.into_any(),
    }
}
