//! What people settled about detected issues, as it is kept.
//!
//! Which issue it is and what the records said are texts to this room: `care_plan::decisions::{Subject, Seen}` as JSON,
//! written and read by whoever knows the consolidated plan.

mod chosen;
mod commands;

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ports::Kind;
use crate::{Foreign, Id, Version, Who};

pub use chosen::{Chosen, DecisionStatus};
pub use commands::{MAX_EVIDENCE, NewDecision, decide, redraft, withdraw};

/// What somebody settled about a detected issue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Decision {
    /// Its id, for ever.
    pub id: Id<Decision>,
    /// Its tenant, for ever.
    pub tenant: TenantId,
    /// The person, for ever.
    #[cfg_attr(feature = "schema", schemars(with = "Id<PersonId>"))]
    pub person: PersonId,
    /// How often it was changed.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// When it was decided.
    pub created: Timestamp,
    /// State.
    pub status: DecisionStatus,
    /// Why it is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Who decided.
    pub by: Who,
    /// Why, in their words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was settled.
    pub issue: Issue,
    /// What was chosen.
    pub chosen: Chosen,
    /// The message to a prescriber, where it is about a medication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// Which issue, and what the records said when it was settled. Never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Its id on the screen where it was settled.
    pub id: String,
    /// The code of its rule.
    pub code: String,
    /// What it is about, whatever the records say there (`Subject`).
    pub subject: String,
    /// The fingerprint of the evidence: what the records said (`Seen`). Where they say something else, it is open again.
    pub seen: String,
}

/// A message to a prescriber. Accord never changes an order: it drafts, and people send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Who prescribed, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Foreign>,
    /// The medication that it is about.
    pub about: Foreign,
    /// What it says.
    pub text: String,
}

crate::entry::entry!(Decision, Kind::Decision);
