//! On whom documents hang, and how that changes: persons turn out to be one, or two.
//!
//! - Where a document hangs is settled beside it: what its versions say, its parts and ids stay as they are.
//! - *Invariant:* whoever has seen it before it came to hang where it hangs has seen a former version. So joining and
//!   settling make a version, in which nothing is written anew; its number is what every door compares, and its time is when
//!   the document was changed last. What is in doubt is seen by nobody and gets its version when that is settled.
//! - *In doubt* is a document of which nobody knows whose it is, because a record was taken out of its person after it was
//!   written. It is shown to nobody, tells nobody anything and cannot be changed, until a user has said whose it is.
//! - Each of these steps is done whole or not at all, and doing it again does nothing.

use access::{PatientAt, PersonId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Who;
use crate::ports::{Document, Key};

/// Who says on whom a document hangs, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub by: Who,
    /// When.
    pub at: Timestamp,
}

/// Why a document came to hang where it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum WhyMoved {
    /// Its person was joined into another.
    Joined,
    /// A record was taken out of its person: it is in doubt.
    RecordTakenOut,
    /// A user has said whose it is.
    Settled,
}

/// A document of which nobody knows whose it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The document in the last version in which something was written; its person is the one who keeps it if nobody says
    /// otherwise.
    pub latest: Document,
    /// Its first version: who began it, when, and at which record.
    pub first: Document,
    /// Which question this is. An answer to a former one is none.
    pub question: u64,
    /// The Patients that were taken out of the person since it was written: it may be theirs.
    pub left: Vec<PatientAt>,
    /// Since when it is in doubt.
    pub since: Timestamp,
}

impl Doubt {
    /// Which document.
    pub fn key(&self) -> &Key {
        &self.latest.key
    }
}

/// A document that came to hang on somebody, or to be in doubt.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moved {
    /// Which document.
    pub key: Key,
    /// On whom it hangs now.
    pub person: PersonId,
    /// How often it was moved.
    pub times: u64,
}

/// What came of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It hangs on the person of the answer now.
    Kept,
    /// It was answered before, or is asked in another way by now. Nothing was changed.
    Answered,
    /// There is no such document for this tenant.
    Missing,
}

/// Where it is kept on whom documents hang. One tenant's are never seen by another.
#[async_trait]
pub trait Whose: Send + Sync {
    /// Lets everything that hangs on `from` hang on `to`, each in a new version; what is in doubt stays so. Returns how many
    /// documents.
    async fn join(&self, tenant: &TenantId, from: &PersonId, to: &PersonId, said: &Said) -> Result<u64, StoreError>;
    /// Puts everything that hangs on a person in doubt, because `left` is taken out of them. What is in doubt already may be
    /// that Patient's too from now on. Returns how many documents.
    async fn doubt(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        left: &PatientAt,
        said: &Said,
    ) -> Result<u64, StoreError>;
    /// What hangs on a person and is in doubt, in the order of kinds and ids.
    async fn in_doubt(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Doubt>, StoreError>;
    /// What hangs on others, is in doubt, and may be this Patient's.
    async fn may_be_of(&self, tenant: &TenantId, left: &PatientAt) -> Result<Vec<Key>, StoreError>;
    /// What was moved or put in doubt at this time or later, or was changed since it was: screens of other processes follow.
    async fn moved_since(&self, tenant: &TenantId, since: Timestamp) -> Result<Vec<Moved>, StoreError>;
    /// Answers a question: the document hangs on `to`, and is shown again in a new version. Of two who answer at once, one is
    /// heard.
    async fn settle(&self, key: &Key, question: u64, to: &PersonId, said: &Said) -> Result<Settled, StoreError>;
}
