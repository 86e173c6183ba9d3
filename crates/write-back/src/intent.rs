//! What was asked for, kept before it is done (smart-launch W9).

use access::{LaunchId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::edit::GoalEdit;

/// An accepted edit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intent {
    /// The launch that it was made in.
    pub launch: LaunchId,
    /// The edit.
    pub edit: GoalEdit,
    /// When it was accepted; also the time of its note, so that the note is found again.
    pub opened: Timestamp,
}

/// Identifier of a stored intent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IntentId(pub String);

/// What became of an intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Written, and found at the source.
    Saved,
    /// Not written: the source had changed.
    Conflict,
    /// Not written: the resource must not be changed, or not so.
    Refused,
    /// Not written: the source did not take it, or was not reached.
    NotWritten,
    /// Nobody will know any more: the source has changed since, and what was wanted is not there.
    Unknown,
}

/// The bytes are not an intent.
#[derive(Debug, thiserror::Error)]
#[error("a stored intent could not be read")]
pub struct IntentError(#[source] serde_json::Error);

/// Where intents are kept. Their content holds clinical text: at rest it is sealed.
///
/// Each lies with the tenant of its launch. What another tenant has is answered as what is not there.
#[async_trait]
pub trait Intents: Send + Sync {
    /// Stores an intent. When this returns, the intent survives whatever happens to the process.
    async fn open(&self, tenant: &TenantId, intent: &Intent) -> Result<IntentId, StoreError>;
    /// Closes an intent. Closing it again changes nothing: the first outcome stays. One that is not there is not closed.
    async fn close(&self, tenant: &TenantId, id: &IntentId, closed: Closed, now: Timestamp) -> Result<(), StoreError>;
    /// Lists the open intents, oldest first.
    async fn unfinished(&self, tenant: &TenantId) -> Result<Vec<(IntentId, Intent)>, StoreError>;
}

impl Intent {
    /// The intent as bytes to seal.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("an intent is texts and one number, which are JSON")
    }

    /// Reads what [`Intent::to_bytes`] made.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, IntentError> {
        serde_json::from_slice(bytes).map_err(IntentError)
    }
}

impl Closed {
    /// The outcome as stores and logs call it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Conflict => "conflict",
            Self::Refused => "refused",
            Self::NotWritten => "not-written",
            Self::Unknown => "unknown",
        }
    }
}
