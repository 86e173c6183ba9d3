//! Everything read for one launch, with what could not be read.

use std::sync::Arc;

use fhir::{Resource, SourceId};
use jiff::Timestamp;

/// Everything read for one launch, a record for each source.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// One record for each source, connected or not.
    pub records: Vec<Record>,
}

/// A FHIR server that the tenant has registered, as people see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// Its name in the configuration.
    pub id: SourceId,
    /// Its name for people.
    pub name: String,
    /// Two or three letters for badges, unique within the tenant.
    pub tag: String,
    /// Base address of the server, where it is known: resources of other sources may name this one's by it. Never shown.
    #[serde(skip)]
    pub base: Option<String>,
}

/// All that one source holds on the person, as far as it was read.
#[derive(Debug, Clone)]
pub struct Record {
    /// The source.
    pub source: Source,
    /// `Patient` id at this source; `None` where the person has not been connected there.
    pub patient: Option<String>,
    /// What was read and may be shown: about this person, or support such as practitioners. In no order.
    pub resources: Vec<Arc<Resource>>,
    /// Entries that were received but cannot be used.
    pub problems: Vec<Problem>,
    /// How each search went.
    pub reads: Vec<Read>,
    /// State of the source as a whole where it is not what `reads` say, such as "sign-in expired" or "not connected".
    pub state: Option<Status>,
    /// When the newest answer came.
    pub as_of: Option<Timestamp>,
}

/// How the search for one type (or one part of a type) went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// Resource type that was asked for.
    pub kind: String,
    /// The part of the type, such as an Observation category; `None` for the whole type.
    pub part: Option<String>,
    /// How it went.
    pub status: Status,
    /// Entries that came.
    pub count: usize,
    /// Pages that came.
    pub pages: u32,
    /// Milliseconds from the first byte asked to the last received.
    pub took_ms: u64,
    /// When its newest answer came; of an answer that has not changed, when the source said so.
    pub as_of: Option<Timestamp>,
}

impl Read {
    /// True where more exists than was taken in: the answer was cut, by us or by the source.
    pub fn is_truncated(&self) -> bool {
        matches!(
            self.status,
            Status::Partial(
                Reason::TooManyPages
                    | Reason::TooLarge
                    | Reason::Truncated
                    | Reason::SourceSaysMore
                    | Reason::ForeignPage
                    | Reason::OnlyPart
            )
        )
    }
}

/// State of a read or of a source. A source that could not be asked is never one that has nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Known to the tenant, but the person has not signed in there.
    NotConnected,
    /// Under way.
    Pending,
    /// Everything there is was read.
    Complete,
    /// Something is missing.
    Partial(Reason),
    /// Nothing could be read.
    Failed(Reason),
    /// The source does not share this type with us.
    NotPermitted(Reason),
    /// The source does not have this type.
    NotSupported,
}

/// Why something is missing. Carries no patient data and no secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// No connection: refused, reset or no such host.
    Unreachable,
    /// No answer within the time allowed.
    TimedOut,
    /// An HTTP status that is an error.
    Http(u16),
    /// The source asks to be left alone for so many seconds, longer than anybody waits at a page.
    Busy(u64),
    /// The answer is not FHIR, such as an HTML page with status 200.
    NotFhir,
    /// The answer broke off.
    Truncated,
    /// More than the cap for one answer.
    TooLarge,
    /// More pages than the cap, or pages that repeat.
    TooManyPages,
    /// A `next` link that leads away from the source.
    ForeignPage,
    /// The grant has ended: the user must sign in there again.
    SignInExpired,
    /// The grant does not cover this type.
    NoScope,
    /// The source refused (403), in its own words where it gave any.
    Refused(Option<String>),
    /// The source said that more exists than it sent.
    SourceSaysMore,
    /// Some entries could not be used; they are among the problems.
    EntriesUnusable(usize),
    /// The source offers only a part of this, and no way to ask for the rest.
    OnlyPart,
    /// A FHIR version that is not read.
    WrongVersion(String),
}

/// An entry that was received but cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// Type and id where they could be read, such as `Goal/17`.
    pub about: Option<String>,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ProblemKind {
    /// Not a resource: no type, no id, or not an object.
    Unreadable(String),
    /// About another patient than the one the source granted: kept out of the plan.
    OtherPatient,
    /// Says of no patient that it is about them, though its type must.
    NoPatient,
    /// A reference that leads nowhere; the text says from where to where.
    Dangling(String),
    /// The source said something about the search (OperationOutcome), in its own words.
    Said(String),
}

impl Record {
    /// State of the source as a whole: its own where it has one, else the worst of its reads.
    pub fn status(&self) -> Status {
        if let Some(state) = &self.state {
            return state.clone();
        }
        if self.reads.is_empty() || self.reads.iter().any(|read| read.status == Status::Pending) {
            return Status::Pending;
        }
        let worst = |of: fn(&Status) -> Option<&Reason>| self.reads.iter().find_map(|read| of(&read.status)).cloned();
        let failed = worst(|status| if let Status::Failed(reason) = status { Some(reason) } else { None });
        let partial = worst(|status| if let Status::Partial(reason) = status { Some(reason) } else { None });
        let withheld = worst(|status| if let Status::NotPermitted(reason) = status { Some(reason) } else { None });
        let usable = self.reads.iter().any(|read| matches!(read.status, Status::Complete | Status::Partial(_)));
        match (usable, failed, partial, withheld) {
            (true, None, None, None) => Status::Complete,
            (true, Some(reason), _, _) | (true, None, Some(reason), _) | (true, None, None, Some(reason)) => {
                Status::Partial(reason)
            }
            (false, Some(reason), _, _) => Status::Failed(reason),
            (false, None, _, Some(reason)) => Status::NotPermitted(reason),
            (false, None, _, None) => Status::NotSupported,
        }
    }
}

impl Snapshot {
    /// The record of a source.
    pub fn record(&self, source: &SourceId) -> Option<&Record> {
        self.records.iter().find(|record| &record.source.id == source)
    }

    /// Finds a resource by its key.
    pub fn resource(&self, key: &fhir::ResourceKey) -> Option<&Arc<Resource>> {
        self.record(&key.source)?.resources.iter().find(|resource| resource.key() == key)
    }

    /// Number of sources whose reading is under way.
    pub fn pending(&self) -> usize {
        self.records.iter().filter(|record| record.status() == Status::Pending).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(statuses: &[Status]) -> Record {
        let read = |status: &Status| Read {
            kind: "Goal".into(),
            part: None,
            status: status.clone(),
            count: 0,
            pages: 1,
            took_ms: 1,
            as_of: None,
        };
        Record {
            source: Source { id: SourceId::new("a"), name: "A".into(), tag: "A".into(), base: None },
            patient: None,
            resources: Vec::new(),
            problems: Vec::new(),
            reads: statuses.iter().map(read).collect(),
            state: None,
            as_of: None,
        }
    }

    #[test]
    fn a_source_that_withholds_one_type_is_not_complete() {
        let withheld = || Status::NotPermitted(Reason::NoScope);
        assert_eq!(record(&[Status::Complete, withheld()]).status(), Status::Partial(Reason::NoScope));
        assert_eq!(record(&[withheld(), withheld()]).status(), withheld());
    }

    #[test]
    fn the_worst_read_speaks_for_the_source() {
        let failed = || Status::Failed(Reason::TimedOut);
        assert_eq!(record(&[Status::Complete, Status::NotSupported]).status(), Status::Complete);
        assert_eq!(record(&[Status::Complete, failed()]).status(), Status::Partial(Reason::TimedOut));
        assert_eq!(record(&[Status::NotSupported, failed()]).status(), failed());
        assert_eq!(record(&[Status::Complete, Status::Pending]).status(), Status::Pending);
        assert_eq!(record(&[Status::NotSupported]).status(), Status::NotSupported);
        assert_eq!(record(&[]).status(), Status::Pending);
    }
}
