//! What concerns and decisions take.

use access::PersonId;
use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::Id;
use shared_plan::concern::{ConcernContent, ConcernStatus, Onset};
use shared_plan::decision::{Chosen, Issue, Message};
use shared_plan::plan::Coded;

use super::PatientBody;
use crate::rest::asked::Body;

/// A new concern, with the person whose it is: by `person`, or by a `patient` of a source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewConcernBody {
    /// Accord's id of the person.
    #[serde(default)]
    #[schemars(with = "Option<Id<PersonId>>")]
    pub person: Option<String>,
    /// The Patient at a source whom Accord knows as a person.
    #[serde(default)]
    pub patient: Option<PatientBody>,
    /// In which state it begins.
    #[serde(default = "active")]
    pub status: ConcernStatus,
    /// What troubles the person.
    pub description: Coded,
    /// Since when.
    #[serde(default)]
    pub onset: Option<Onset>,
    /// What else is to be said of it.
    #[serde(default)]
    pub note: Option<String>,
}

fn active() -> ConcernStatus {
    ConcernStatus::Active
}

/// What a concern says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConcernBody {
    /// What troubles the person.
    description: Coded,
    /// Since when.
    #[serde(default)]
    onset: Option<Onset>,
    /// What else is to be said of it.
    #[serde(default)]
    note: Option<String>,
}

/// The state of a concern.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConcernStatusBody {
    /// The next state.
    pub status: ConcernStatus,
}

/// What is settled about a detected issue, with the person: by `person`, or by a `patient` of a source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDecisionBody {
    /// Accord's id of the person.
    #[serde(default)]
    #[schemars(with = "Option<Id<PersonId>>")]
    pub person: Option<String>,
    /// The Patient at a source whom Accord knows as a person.
    #[serde(default)]
    pub patient: Option<PatientBody>,
    /// What is settled.
    pub issue: Issue,
    /// What was chosen.
    pub chosen: Chosen,
    /// What was agreed instead, in words, where no record says it.
    #[serde(default)]
    pub words: Option<String>,
    /// The message to a prescriber, where it is about a medication.
    #[serde(default)]
    pub message: Option<Message>,
}

/// Another draft of a message.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageBody {
    /// The message to a prescriber.
    pub message: Message,
}

impl Body for NewConcernBody {
    const CHANGES: bool = false;
}
impl Body for ConcernBody {}
impl Body for ConcernStatusBody {}
impl Body for NewDecisionBody {
    const CHANGES: bool = false;
    const MEETS: bool = true;
}
impl Body for MessageBody {}

impl From<ConcernBody> for ConcernContent {
    fn from(body: ConcernBody) -> Self {
        Self { description: body.description, onset: body.onset, note: body.note }
    }
}
