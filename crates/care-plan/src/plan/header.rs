//! The CarePlan resources that were joined.

use fhir::{FhirDate, ResourceKey};
use serde::Serialize;

use super::status;
use super::{ItemId, Note};

/// A CarePlan resource that was joined.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct PlanHeader {
    /// The CarePlan.
    pub key: ResourceKey,
    /// Version that was read.
    pub version: Option<String>,
    /// Title.
    pub title: String,
    /// Status code.
    pub status: Option<String>,
    /// When it begins.
    pub start: Option<FhirDate>,
    /// When it ends.
    pub end: Option<FhirDate>,
    /// Who keeps or wrote it, in words.
    pub author: Option<String>,
    /// `description`, in words.
    pub description: Option<String>,
    /// The concerns it addresses or names as supporting information, goals and activities, as far as they are items; sorted.
    pub items: Vec<ItemId>,
    /// Notes, newest first.
    pub notes: Vec<Note>,
}

impl PlanHeader {
    /// True where it is in force. A status that is missing or unknown counts as in force.
    pub fn is_current(&self) -> bool {
        !status::is_past_plan(self.status.as_deref())
    }
}
