//! One read of one source: what it brought and how it went.

use std::sync::Arc;

use care_plan::snapshot::{Problem, Read, Reason, Status};
use fhir::Resource;
use jiff::Timestamp;

use crate::sift::Sifted;

/// Which read: a type, and a part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SlotName {
    pub(crate) kind: String,
    pub(crate) part: Option<String>,
}

impl SlotName {
    pub(crate) fn whole(kind: &str) -> Self {
        Self { kind: kind.to_owned(), part: None }
    }

    pub(crate) fn part(kind: &str, part: &str) -> Self {
        Self { kind: kind.to_owned(), part: Some(part.to_owned()) }
    }
}

/// One read of one source.
#[derive(Debug)]
pub(crate) struct Slot {
    pub(crate) status: Status,
    pub(crate) resources: Vec<Arc<Resource>>,
    pub(crate) problems: Vec<Problem>,
    unusable: usize,
    pub(crate) entries: usize,
    pub(crate) pages: u32,
    began: Timestamp,
    took_ms: u64,
    as_of: Option<Timestamp>,
}

impl Slot {
    /// A read that begins now.
    pub(crate) fn pending(now: Timestamp) -> Self {
        Self {
            status: Status::Pending,
            resources: Vec::new(),
            problems: Vec::new(),
            unusable: 0,
            entries: 0,
            pages: 0,
            began: now,
            took_ms: 0,
            as_of: None,
        }
    }

    /// Takes in what came.
    pub(crate) fn take(&mut self, sifted: Sifted, now: Timestamp) {
        self.as_of = Some(now);
        self.pages += 1;
        self.entries += sifted.entries;
        self.unusable += sifted.unusable;
        self.resources.extend(sifted.resources);
        self.problems.extend(sifted.problems);
    }

    /// Ends the read. What was kept out makes it partial, though the source sent all it has.
    pub(crate) fn end(&mut self, status: Status, now: Timestamp) {
        self.status = match status {
            Status::Complete | Status::Partial(Reason::EntriesUnusable(_)) if self.unusable > 0 => {
                Status::Partial(Reason::EntriesUnusable(self.unusable))
            }
            status => status,
        };
        self.took_ms = u64::try_from(now.duration_since(self.began).as_millis()).unwrap_or(0);
    }

    /// What is shown of a read that is under way when the time allowed is over.
    pub(crate) fn overdue(&self) -> Status {
        if self.pages > 0 { Status::Partial(Reason::TimedOut) } else { Status::Failed(Reason::TimedOut) }
    }

    /// The read as the snapshot tells it.
    pub(crate) fn read(&self, name: &SlotName, late: bool) -> Read {
        Read {
            kind: name.kind.clone(),
            part: name.part.clone(),
            status: if late && self.status == Status::Pending { self.overdue() } else { self.status.clone() },
            count: self.entries,
            pages: self.pages,
            took_ms: self.took_ms,
            as_of: self.as_of,
        }
    }
}
