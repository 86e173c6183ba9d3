//! The person, as each source describes them.

use fhir::{FhirDate, ResourceKey, SourceId};
use serde::Serialize;

/// The person as one source describes them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Demographics {
    /// The source.
    pub source: SourceId,
    /// The Patient.
    pub key: ResourceKey,
    /// Family name.
    pub family: Option<String>,
    /// Given names.
    pub given: Vec<String>,
    /// The whole name as text, where that is all there is.
    pub name_text: Option<String>,
    /// Birth date.
    pub birth_date: Option<FhirDate>,
    /// Date of death, or `true` without a date.
    pub deceased: Option<Deceased>,
    /// `gender` code.
    pub gender: Option<String>,
    /// Medical record number: identifier of type `MR`, else the first with a value.
    pub record_number: Option<String>,
    /// True where the source says that another Patient has taken its place (`link` of type `replaced-by`): then this one
    /// is not to be used any more (smart-launch P12).
    pub replaced: bool,
}

/// Died.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Deceased {
    /// On this date.
    On(FhirDate),
    /// The source says so without a date.
    Yes,
}

/// A source's word that resources are about the same human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct IdentityEvidence {
    /// The Linkage that says so.
    pub key: ResourceKey,
    /// The references it ties, with their role (`source`, `alternate`, `historical`), as written.
    pub items: Vec<(String, String)>,
    /// Those of them that are a Patient of this launch.
    pub known: Vec<ResourceKey>,
}
