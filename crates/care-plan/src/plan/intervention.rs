//! Interventions: what is planned and what was done.

use fhir::{CodeableConcept, FhirDate};
use serde::Serialize;

use super::status;
use super::{Item, Note};

/// An intervention. What stands here beside the statements is what all of them agree on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Intervention {
    /// Identity, title, members.
    pub item: Item,
    /// What each member says, in the order of the members.
    pub statements: Vec<InterventionStatement>,
    /// Resource type of the first member, or `activity` for one that only a plan's `activity.detail` describes.
    pub kind: String,
    /// Planned or performed; a cluster never mixes them.
    pub phase: Phase,
    /// Status code.
    pub status: Option<String>,
    /// `intent` code.
    pub intent: Option<String>,
    /// When it is planned for, was ordered or was performed.
    pub when: Option<FhirDate>,
    /// Dose, timing or other words worth a line.
    pub detail: Option<String>,
    /// Who does it or asked for it, in words.
    pub who: Option<String>,
    /// Reasons in the sources' words (`reasonCode`), beside those that are linked.
    pub reasons: Vec<String>,
    /// Progress notes of the plan's activity, and the resources' own notes, newest first.
    pub notes: Vec<Note>,
}

/// What one record says about an intervention.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct InterventionStatement {
    /// What this record calls it.
    pub title: String,
    /// Resource type, or `activity`.
    pub kind: String,
    /// The codes.
    pub code: CodeableConcept,
    /// Status code.
    pub status: Option<String>,
    /// `intent` code.
    pub intent: Option<String>,
    /// When it is planned for, was ordered or was performed.
    pub when: Option<FhirDate>,
    /// When what is planned should be over, where it says.
    pub until: Option<FhirDate>,
    /// Dose, timing or other words worth a line.
    pub detail: Option<String>,
    /// Who does it or asked for it, in words.
    pub who: Option<String>,
    /// Reasons in the source's words.
    pub reasons: Vec<String>,
    /// True where this record asks that it is *not* done (`doNotPerform`); the title says so too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub do_not_perform: bool,
    /// What is taken, for a medication; nothing where it must not be.
    pub medication: Option<Medication>,
}

/// What an order or a statement about a medication names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Medication {
    /// Ingredients by their RxNorm name in lower case, sorted; empty where no code says.
    pub ingredients: Vec<String>,
    /// Strength as RxNorm writes it, such as `500 MG`; `None` where no code says.
    pub strength: Option<String>,
    /// Release and dose form as RxNorm writes them, in lower case, such as `extended release oral tablet`: a drug that
    /// works at once and one that works all day are two. `None` where no code says.
    pub form: Option<String>,
    /// Dose in words, as the dosage instruction gives it.
    pub dose: Option<String>,
}

/// Planned or performed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// Planned, ordered, under way.
    Planned,
    /// Done, or recorded as having happened.
    Performed,
}

impl InterventionStatement {
    /// True where this record holds it to be going on. A status that is missing or unknown counts as going on.
    pub fn is_current(&self) -> bool {
        !status::is_past_act(self.status.as_deref())
    }
}

impl Intervention {
    /// True where any record holds it to be going on: a disagreement never hides it.
    pub fn is_current(&self) -> bool {
        self.statements.iter().any(InterventionStatement::is_current)
    }
}
