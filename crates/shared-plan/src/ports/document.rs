//! What is kept: one document per thing, one row per version.

use access::{PatientAt, PersonId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::WhyMoved;
use crate::{Event, Version, Who};

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A shared plan with its goals, activities and team.
    Plan,
    /// A health concern that was entered here.
    Concern,
    /// An edit that a source did not take.
    Overlay,
    /// What somebody settled about a detected issue.
    Decision,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Plan, Self::Concern, Self::Overlay, Self::Decision];

    /// The word in stores, logs and events.
    pub fn code(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Concern => "concern",
            Self::Overlay => "overlay",
            Self::Decision => "decision",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Which document. Never without its tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The tenant.
    pub tenant: TenantId,
    /// What it is.
    pub kind: Kind,
    /// Its id: 32 lower-case hex digits.
    pub id: String,
}

/// One version of a document, as it is kept. The content is clinical text: at rest it is sealed.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Which one.
    pub key: Key,
    /// The person on whom it hangs now ([`super::Whose`]).
    pub person: PersonId,
    /// This version.
    pub version: Version,
    /// Its state as one word, to select by; says nothing of the content.
    pub status: String,
    /// When this version was made.
    pub at: Timestamp,
    /// Who made it.
    pub by: Who,
    /// Why, in their words.
    pub reason: Option<String>,
    /// The Patient at whose record this version was written; `None` where it was written without a record.
    pub written_at: Option<PatientAt>,
    /// The content as JSON.
    pub content: Vec<u8>,
}

/// A part that has an id of its own, so that it is found without its document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartKey {
    /// The word for what it is: `goal`, `activity`, `team`, …
    pub kind: &'static str,
    /// Its id.
    pub id: String,
}

/// A day after which something is late, as it follows from the document's latest version.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Due {
    /// What will be late.
    pub what: DueKind,
    /// The goal's or activity's id; of the plan itself for a review.
    pub part: String,
    /// The last day on which it is not late yet, in the tenant's time zone.
    pub day: Date,
}

/// What can be late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueKind {
    /// A goal has a target whose day has passed.
    GoalOverdue,
    /// An open activity's day has passed.
    ActivityOverdue,
    /// The plan is to be reviewed.
    ReviewDue,
}

impl DueKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::GoalOverdue, Self::ActivityOverdue, Self::ReviewDue];

    /// The word in stores and events.
    pub fn code(self) -> &'static str {
        match self {
            Self::GoalOverdue => "goal-overdue",
            Self::ActivityOverdue => "activity-overdue",
            Self::ReviewDue => "review-due",
        }
    }

    /// Reads the word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A new version, with all that belongs to it: kept whole or not at all.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// The new version. Its number is [`Version::FIRST`], or the one after `seen`.
    pub document: Document,
    /// The version that the change was made from; `None` for a new document.
    pub seen: Option<Version>,
    /// Every part with an id of its own. A part that was once there stays findable for ever.
    pub parts: Vec<PartKey>,
    /// All days to watch from now on; those of the former version are forgotten.
    pub dues: Vec<Due>,
    /// What others are told, in this order.
    pub events: Vec<Event>,
    /// So that asking again does not do it again.
    pub once: Option<Once>,
}

/// An idempotency key, with what it was first used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The key, in the writer's own space of keys: it already holds who they are.
    pub key: String,
    /// A digest of what was asked. The same key for something else is an error.
    pub asked: [u8; 32],
}

/// What came of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Committed {
    /// It is kept.
    Kept,
    /// Somebody else was first; this is the version now. Nothing was changed.
    Stale(Version),
    /// There is no such document for this tenant; or it was to be the first version, and the person was joined into another
    /// meanwhile, or the record at which it was written was taken out of them. Nothing was changed.
    Missing,
    /// This key was used before, for the same: what it made then. Nothing was changed.
    Repeated {
        /// The document.
        key: Key,
        /// Its version then.
        version: Version,
    },
    /// This key was used before, for something else. Nothing was changed.
    KeyReused,
}

/// Who made a version, when and why.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionHead {
    /// The version.
    pub version: Version,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Who,
    /// Why.
    pub reason: Option<String>,
    /// Where nothing was written and only settled on whom it hangs: why that was.
    pub moved: Option<WhyMoved>,
}

/// Which documents to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// What they are.
    pub kind: Kind,
    /// Of this person only.
    pub person: Option<PersonId>,
    /// In one of these states only; empty for all.
    pub statuses: Vec<String>,
    /// Last changed at this time or later.
    pub changed_since: Option<Timestamp>,
}

/// Where documents are kept. One tenant's are never seen by another.
#[async_trait]
pub trait Documents: Send + Sync {
    /// The latest version.
    async fn lookup(&self, key: &Key) -> Result<Option<Document>, StoreError>;
    /// One version, the latest or a former one.
    async fn version(&self, key: &Key, version: Version) -> Result<Option<Document>, StoreError>;
    /// The versions, newest first: those before the version `after` where it names one, at most `limit`.
    async fn versions(&self, key: &Key, after: Option<Version>, limit: usize) -> Result<Vec<VersionHead>, StoreError>;
    /// The document that holds a part, or once held it.
    async fn holder_of(&self, tenant: &TenantId, part: &PartKey) -> Result<Option<Key>, StoreError>;
    /// The latest versions of the selected documents in the order of their ids, after the id `after`, at most `limit`.
    async fn list(
        &self,
        tenant: &TenantId,
        selection: &Selection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<Document>, StoreError>;
    /// Keeps a new version with its parts, days, events and idempotency key, in one step.
    async fn commit(&self, commit: &Commit) -> Result<Committed, StoreError>;
    /// What an idempotency key was used for, before the work is done anew.
    async fn used(&self, tenant: &TenantId, once: &Once) -> Result<Option<Committed>, StoreError>;
}
