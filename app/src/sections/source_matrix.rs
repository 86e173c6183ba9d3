//! What each source gave and did not give, kind by kind: one table over all sources.

use std::collections::BTreeMap;

use care_plan::snapshot::{Read, Record, Status};
use jiff::Timestamp;
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
    /// Pages that came.
    pub pages: u32,
    /// Milliseconds of the slowest part: parts are read side by side.
    pub took_ms: u64,
    /// When its oldest part was read: nothing of it is older.
    pub as_of: Option<Timestamp>,
    /// True where more exists than was taken in.
    pub truncated: bool,
    /// Its parts in words, where there is more than one or a part alone.
    pub parts: Vec<(String, Status, usize)>,
}

/// Takes the reads of one kind together; `None` where it was not asked for.
pub fn cell(record: &Record, kind: &str) -> Option<Cell> {
    let reads: Vec<&Read> = record.reads.iter().filter(|read| read.kind == kind).collect();
    let worst = reads.iter().min_by_key(|read| severity(&read.status))?;
    let parts = reads.iter().filter_map(|read| Some((read.part.clone()?, read.status.clone(), read.count)));
    Some(Cell {
        status: worst.status.clone(),
        count: reads.iter().map(|read| read.count).sum(),
        pages: reads.iter().map(|read| read.pages).sum(),
        took_ms: reads.iter().map(|read| read.took_ms).max().unwrap_or_default(),
        as_of: reads.iter().filter_map(|read| read.as_of).min(),
        truncated: reads.iter().any(|read| read.is_truncated()),
        parts: parts.collect(),
    })
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

/// A cell: what is complete is quiet, what is missing is loud and says why; below it how much, how long and how fresh.
fn content(look: &Look, cell: Option<Cell>) -> AnyView {
    let words = look.words();
    let Some(cell) = cell else {
        return view! { <span class="muted">{words.not_asked()}</span> }.into_any();
    };
    let state = match &cell.status {
        Status::Complete => view! { <span class="matrix__whole">{words.entries_read(cell.count)}</span> }.into_any(),
        Status::Pending | Status::NotSupported | Status::NotConnected => {
            return view! { <span class="muted">{words.read_state(&cell.status)}</span> }.into_any();
        }
        Status::Partial(_) => {
            let text = format!("{}, {}", cell.count, words.read_state(&cell.status));
            view! { <StatusChip text tone=Tone::Warn/> }.into_any()
        }
        Status::NotPermitted(_) => {
            view! { <StatusChip text=words.read_state(&cell.status) tone=Tone::Warn/> }.into_any()
        }
        Status::Failed(_) => view! { <StatusChip text=words.read_state(&cell.status) tone=Tone::Bad/> }.into_any(),
    };
    let mut about: Vec<String> = Vec::new();
    about.extend(cell.truncated.then(|| words.truncated().to_owned()));
    about.extend((cell.pages > 1).then(|| words.pages_read(cell.pages)));
    about.extend((cell.took_ms > 0).then(|| words.took(cell.took_ms)));
    about.extend(cell.as_of.map(|then| look.ago(then)));
    let about = (!about.is_empty()).then(|| view! { <small class="matrix__about">{about.join(" · ")}</small> });
    let parts = cell.parts.iter().map(|(part, status, count)| {
        let state = if *status == Status::Complete { words.entries_read(*count) } else { words.read_state(status) };
        view! { <li>{part.clone()}": "{state}</li> }
    });
    // One part says what of the kind was asked for; several have a state each.
    let part =
        (cell.parts.len() == 1).then(|| view! { <small class="matrix__about">{cell.parts[0].0.clone()}</small> });
    let parts = (cell.parts.len() > 1).then(|| {
        let count = cell.parts.len();
        view! { <details><summary>{words.parts_read(count)}</summary><ul class="lines">{parts.collect_view()}</ul></details> }
    });
    view! { {state}{about}{part}{parts} }.into_any()
}
