//! What overlays take.

use access::PersonId;
use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::overlay::FieldChange;
use shared_plan::{Foreign, Id};

use super::PatientBody;
use crate::rest::asked::Body;

/// An edit that a source does not take, with the person: by `person`, or by a `patient` of a source.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewOverlayBody {
    /// Accord's id of the person.
    #[serde(default)]
    #[schemars(with = "Option<Id<PersonId>>")]
    pub person: Option<String>,
    /// The Patient at a source whom Accord knows as a person.
    #[serde(default)]
    pub patient: Option<PatientBody>,
    /// The resource, with the version that was seen.
    pub target: Foreign,
    /// Position in `Goal.target` that value and due date belong to.
    #[serde(default)]
    pub target_index: u32,
    /// What the resource should say.
    #[serde(default)]
    pub changes: Vec<FieldChange>,
    /// A note to it.
    #[serde(default)]
    pub note: Option<String>,
}

/// What an edit wants by now.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverlayBody {
    /// The version of the resource that was seen.
    #[serde(default)]
    pub seen: Option<String>,
    /// What the resource should say.
    #[serde(default)]
    pub changes: Vec<FieldChange>,
    /// A note to it.
    #[serde(default)]
    pub note: Option<String>,
}

impl Body for NewOverlayBody {
    const CHANGES: bool = false;
    const MEETS: bool = true;
}
impl Body for OverlayBody {}
