//! Health concerns.

use fhir::{CodeableConcept, FhirDate};
use serde::Serialize;

use super::status;
use super::{Item, Note};

/// A health concern. What stands here beside the statements is what all of them agree on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Concern {
    /// Identity, title, members.
    pub item: Item,
    /// What each member says, in the order of the members.
    pub statements: Vec<ConcernStatement>,
    /// What kind of concern it is: the patient's own voice first, then the most telling category.
    pub kind: ConcernKind,
    /// `clinicalStatus` code.
    pub clinical_status: Option<String>,
    /// `verificationStatus` code.
    pub verification_status: Option<String>,
    /// When it began, as precisely as is known.
    pub onset: Option<FhirDate>,
    /// When it was first recorded.
    pub recorded: Option<FhirDate>,
    /// The stage, where `stage` or the title says one.
    pub stage: Option<String>,
    /// The codes of the first member.
    pub code: CodeableConcept,
    /// Notes of all members, newest first.
    pub notes: Vec<Note>,
}

/// What one record says about a health concern.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct ConcernStatement {
    /// What this record calls it.
    pub title: String,
    /// What kind of concern it is here.
    pub kind: ConcernKind,
    /// `clinicalStatus` code.
    pub clinical_status: Option<String>,
    /// `verificationStatus` code.
    pub verification_status: Option<String>,
    /// When it began.
    pub onset: Option<FhirDate>,
    /// When it ended.
    pub abatement: Option<FhirDate>,
    /// When it was recorded.
    pub recorded: Option<FhirDate>,
    /// The stage, where `stage` or the title says one.
    pub stage: Option<String>,
    /// `severity` in words.
    pub severity: Option<String>,
    /// The codes.
    pub code: CodeableConcept,
}

/// What kind of concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ConcernKind {
    /// Voiced by the patient or a carer (`asserter` is the patient or a RelatedPerson).
    PatientVoiced,
    /// Category `health-concern`.
    HealthConcern,
    /// On a problem list.
    Problem,
    /// Diagnosis of an encounter.
    EncounterDiagnosis,
    /// Not said.
    Other,
}

impl ConcernStatement {
    /// True where this record took it back: refuted, or entered in error.
    pub fn is_void(&self) -> bool {
        matches!(self.verification_status.as_deref(), Some("entered-in-error" | "refuted"))
    }

    /// True where this record holds it to be present. A status that is missing or unknown counts as present.
    pub fn is_current(&self) -> bool {
        !self.is_void() && !status::is_past_condition(self.clinical_status.as_deref())
    }
}

impl Concern {
    /// True where any record holds it to be present: a disagreement never hides it.
    pub fn is_current(&self) -> bool {
        self.statements.iter().any(ConcernStatement::is_current)
    }

    /// True where every record took it back.
    pub fn is_void(&self) -> bool {
        self.statements.iter().all(ConcernStatement::is_void)
    }
}
