//! Progress notes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Id, Who};

/// What somebody wrote. Notes are added, and never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Note {
    /// Its id.
    pub id: Id<Note>,
    /// Who.
    pub by: Who,
    /// When.
    pub at: Timestamp,
    /// What.
    pub text: String,
}
