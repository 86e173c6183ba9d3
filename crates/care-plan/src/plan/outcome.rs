//! Outcomes: measures with their readings.

use fhir::{CodeableConcept, FhirDate, ResourceKey};
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Band, Item, ItemId};

/// An outcome: one measure with its readings over all sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Identity, title, members (every Observation of the series).
    pub item: Item,
    /// Name of the measure in [`crate::measures`]; `None` for a code that is not in there.
    pub measure: Option<String>,
    /// The measure's code, as most readings name it.
    pub code: CodeableConcept,
    /// Unit of the axis that all readings and targets share, as most readings spell it; empty where there is none.
    pub unit: String,
    /// Readings, oldest first; those that repeat another are among them, marked.
    pub readings: Vec<Reading>,
    /// Targets of every plan on the measure.
    pub targets: Vec<OutcomeTarget>,
    /// True where the patient reported it.
    pub patient_reported: bool,
}

/// A target of a goal, on the axis of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OutcomeTarget {
    /// The goal.
    pub goal: ItemId,
    /// The Goal resource that states it: its source is whose target it is.
    pub key: ResourceKey,
    /// Position among the targets of that resource.
    pub position: usize,
    /// The target in the unit of the axis.
    pub band: Band,
    /// The target as its record wrote it, where it was converted.
    pub written: Option<Band>,
    /// When it is due.
    pub due: Option<FhirDate>,
}

/// One reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The Observation; of a blood pressure that two make, the systolic one.
    pub key: ResourceKey,
    /// The diastolic Observation of a blood pressure that two make.
    pub with: Option<ResourceKey>,
    /// When it was taken.
    pub when: Option<FhirDate>,
    /// What was found, in the unit it was written in.
    pub value: Value,
    /// The value in the unit of the axis, rounded as clinicians write it, where it was written in another unit.
    pub converted: Option<Value>,
    /// What tells it from other readings of the series: a method, a formula or a specimen.
    pub method: Option<String>,
    /// The reading that this one is proven to repeat: kept, told and not drawn.
    pub duplicate_of: Option<ResourceKey>,
    /// Observation status code.
    pub status: Option<String>,
    /// `interpretation` in words or as code, such as `H`.
    pub interpretation: Option<String>,
}

impl Reading {
    /// The value in the unit of the axis.
    pub fn drawn(&self) -> &Value {
        self.converted.as_ref().unwrap_or(&self.value)
    }
}

/// A reading's value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Value {
    /// A number with its unit; `text` has the digits of the source.
    Quantity {
        /// As it was written, with comparator.
        text: String,
        /// For drawing; only a bound where there is a comparator.
        number: Decimal,
        /// `<`, `<=`, `>=` or `>`, where the source only says that it is less or more: `< 0.01` is not 0.01.
        comparator: Option<String>,
        /// Unit as shown.
        unit: String,
    },
    /// Blood pressure, systolic over diastolic.
    Pair {
        /// Systolic.
        high: Decimal,
        /// Diastolic.
        low: Decimal,
        /// Unit as shown.
        unit: String,
    },
    /// Words or a code's label.
    Text(String),
    /// No value, and why (`dataAbsentReason`), if said.
    Absent(Option<String>),
}

/// The part of a blood pressure that a target is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Component {
    /// The pressure when the heart beats.
    Systolic,
    /// The pressure between beats.
    Diastolic,
}
