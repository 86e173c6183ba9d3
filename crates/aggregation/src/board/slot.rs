//! One read of one source: what it brought and how it went.

use std::sync::Arc;

use care_plan::snapshot::{Problem, Read, Reason, Status};
use fhir::Resource;
use jiff::Timestamp;

use crate::sift::Sifted;
use crate::status::joined;

/// Part of a type that came along with others.
pub(crate) const INCLUDED: &str = "included";
/// Part of a type that was asked for because others refer to it.
pub(crate) const REFERENCED: &str = "referenced";

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

    /// True for what is not asked for by the person, but because of others.
    pub(crate) fn is_along(&self) -> bool {
        self.part.as_deref().is_some_and(|part| part == INCLUDED || part == REFERENCED)
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
    /// Requests under way, of a read that is made by several, one after the other.
    requests: usize,
    /// What those that have ended come to.
    so_far: Option<Status>,
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
            requests: 0,
            so_far: None,
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

    /// One request more for the same read.
    pub(crate) fn begin_request(&mut self) {
        self.requests += 1;
        self.status = Status::Pending;
    }

    /// Ends one of the requests; the last ends the read, with what all of them come to.
    pub(crate) fn end_request(&mut self, status: Status, now: Timestamp) {
        self.requests = self.requests.saturating_sub(1);
        let all = match self.so_far.take() {
            Some(before) => joined(before, status),
            None => status,
        };
        self.so_far = Some(all.clone());
        if self.requests == 0 {
            self.end(all, now);
        }
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
