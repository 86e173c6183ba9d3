//! What is kept as a document of its own.

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::plan::Pointed;
use crate::ports::{Document, Due, Key, Kind, PartKey};
use crate::{Version, Who};

/// The content of a document is not what its kind says.
#[derive(Debug, thiserror::Error)]
#[error("a kept {kind} could not be read")]
pub struct ContentError {
    /// What it should have been.
    pub kind: &'static str,
    #[source]
    cause: serde_json::Error,
}

impl ContentError {
    /// What could not be read, and why.
    pub fn new(kind: Kind, cause: serde_json::Error) -> Self {
        Self { kind: kind.code(), cause }
    }
}

/// A plan, or what hangs on the person beside it: each a document with versions of its own.
pub trait Kept: Serialize + DeserializeOwned {
    /// What it is.
    const KIND: Kind;

    /// What its store knows of it without reading it.
    fn head(&self) -> Head<'_>;

    /// Lets it hang on a person, as a version that was made at `at`. Where that is a later one than was written, it was settled
    /// since on whom it hangs: all of it is changed by that, the parts with versions of their own too.
    fn hang_on(&mut self, person: PersonId, version: Version, at: Timestamp);

    /// Brings what an earlier release kept to what is kept now.
    fn brought_up(&mut self) {}

    /// Every part with an id of its own.
    fn parts(&self) -> Vec<PartKey> {
        Vec::new()
    }

    /// The days to watch.
    fn dues(&self) -> Vec<Due> {
        Vec::new()
    }

    /// What it points at that is kept here and is no part of itself, each with its field within the part that points.
    fn pointed(&self) -> Vec<(String, Pointed)> {
        Vec::new()
    }

    /// The programme that it was made from: the canonical URL of its PlanDefinition.
    fn programme(&self) -> Option<String> {
        None
    }

    /// Which document it is.
    fn key(&self) -> Key {
        let head = self.head();
        Key { tenant: head.tenant.clone(), kind: Self::KIND, id: head.id }
    }

    /// This version as it is kept.
    fn to_document(&self, by: Who, reason: Option<String>) -> Document {
        let head = self.head();
        Document {
            key: self.key(),
            person: head.person.clone(),
            version: head.version,
            status: head.status.to_owned(),
            at: head.at,
            by,
            reason,
            written_at: None,
            content: serde_json::to_vec(self).expect("it is texts, numbers and lists, which are JSON"),
        }
    }

    /// Reads what [`Kept::to_document`] made, of this release or an earlier one. It hangs on the document's person, whoever
    /// that was when it was written.
    ///
    /// # Errors
    /// The content is something else.
    fn from_document(document: &Document) -> Result<Self, ContentError> {
        let mut kept: Self =
            serde_json::from_slice(&document.content).map_err(|cause| ContentError::new(Self::KIND, cause))?;
        kept.hang_on(document.person.clone(), document.version, document.at);
        kept.brought_up();
        Ok(kept)
    }
}

/// What the store of a document knows of it without reading it.
#[derive(Debug, Clone)]
pub struct Head<'a> {
    /// Its id.
    pub id: String,
    /// Its tenant.
    pub tenant: &'a TenantId,
    /// The person on whom it hangs.
    pub person: &'a PersonId,
    /// This version.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// Code of its state.
    pub status: &'static str,
}
