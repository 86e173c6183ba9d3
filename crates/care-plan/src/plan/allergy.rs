//! Allergies: what each source says, and each allergy over all sources.

use fhir::{CodeableConcept, ResourceKey, SourceId};
use serde::Serialize;

use super::Item;

/// What one source says about allergies.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AllergyList {
    /// The source.
    pub source: SourceId,
    /// One of the four states that must look different.
    pub state: AllergyState,
    /// The AllergyIntolerances it was made of, those that the source took back among them; sorted.
    pub keys: Vec<ResourceKey>,
}

/// The four states of an allergy list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum AllergyState {
    /// These are known: substance, then reaction in words.
    Known(Vec<(String, Option<String>)>),
    /// The source states that there are none.
    NoneKnown,
    /// The source was asked and has no entry.
    NotRecorded,
    /// The source could not be asked.
    Unavailable,
}

/// One allergy or intolerance over all sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Allergy {
    /// Identity, title, members.
    pub item: Item,
    /// What each member says, in the order of the members.
    pub statements: Vec<AllergyStatement>,
}

/// What one record says about an allergy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct AllergyStatement {
    /// The substance as this record calls it.
    pub substance: String,
    /// Its codes.
    pub code: CodeableConcept,
    /// `clinicalStatus` code.
    pub clinical_status: Option<String>,
    /// `verificationStatus` code.
    pub verification_status: Option<String>,
    /// `criticality` code.
    pub criticality: Option<String>,
    /// Reactions in words.
    pub reaction: Option<String>,
    /// True where it denies every allergy ("no known allergy").
    pub denies_all: bool,
}

impl AllergyStatement {
    /// True where this record holds it to be so.
    pub fn is_current(&self) -> bool {
        !self.denies_all
            && !matches!(self.verification_status.as_deref(), Some("entered-in-error" | "refuted"))
            && !matches!(self.clinical_status.as_deref(), Some("inactive" | "resolved"))
    }
}
