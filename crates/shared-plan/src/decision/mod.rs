//! What people settled about detected issues, as it is kept.
//!
//! Which issue it is and what the records said are texts to this room: `care_plan::decisions::{Subject, Seen}` as JSON,
//! written and read by whoever knows the consolidated plan.
//!
//! *Invariant:* a person has one decision about an issue. Its id follows from the person and from what the issue is about,
//! so of two who settle it at the same time one is told that the other was first; what is settled once more, after it was
//! taken back or because the records say something else, is a later version of the same.

mod chosen;
mod commands;

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::named::{canonical, id_of};
use crate::ports::Kind;
use crate::{Foreign, Id, OneOfAKind, Version, Who};

pub use chosen::{Chosen, DecisionStatus};
pub use commands::{MAX_EVIDENCE, NewDecision, decide, decide_anew, redraft, withdraw};

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
    /// What was agreed instead, in their words, where no record says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// The message to a prescriber, where it is about a medication.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<Message>,
}

/// Which issue, and what the records said when it was settled. What it is about never changes.
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

impl Decision {
    /// The id of the decision about an issue: what it is about (`subject`) counts, however it was written.
    pub fn id_about(person: &PersonId, subject: &str) -> Id<Decision> {
        Self::id_after(person, subject, 0)
    }

    fn id_after(person: &PersonId, subject: &str, others: u32) -> Id<Decision> {
        id_of("decision", person, &[&canonical(subject)], others)
    }

    /// True where it is about the same issue.
    pub fn is_about(&self, subject: &str) -> bool {
        canonical(&self.issue.subject) == canonical(subject)
    }
}

impl OneOfAKind for Decision {
    fn pass(&mut self, others: u32) {
        self.id = Self::id_after(&self.person, &self.issue.subject, others);
    }
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
