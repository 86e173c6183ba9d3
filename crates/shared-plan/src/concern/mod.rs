//! Health concerns that were entered here: what troubles the person, in their words or in somebody's codes.

mod commands;
mod onset;
mod status;

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::plan::Coded;
use crate::ports::Kind;
use crate::{Id, Version, Who};

pub use commands::{NewConcern, add, change, move_to};
pub use onset::Onset;
pub use status::ConcernStatus;

/// A health concern of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Concern {
    /// Its id, for ever.
    pub id: Id<Concern>,
    /// Its tenant, for ever.
    pub tenant: TenantId,
    /// Whose concern it is, for ever.
    #[cfg_attr(feature = "schema", schemars(with = "Id<PersonId>"))]
    pub person: PersonId,
    /// How often it was changed.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// When it was entered.
    pub created: Timestamp,
    /// State.
    pub status: ConcernStatus,
    /// Why it is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Who entered it, and in which role.
    pub entered_by: Who,
    /// What it says.
    #[serde(flatten)]
    pub content: ConcernContent,
}

/// What a concern says: what a form shows and changes as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConcernContent {
    /// What troubles the person.
    pub description: Coded,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub onset: Option<Onset>,
    /// What else is to be said of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

crate::entry::entry!(Concern, Kind::Concern);
