//! Outcomes: measures with their readings.

use fhir::{CodeableConcept, FhirDate, ResourceKey};
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Band, Item, ItemId};

/// An outcome: one measure with its readings over all sources.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// Identity, title, members (every Observation of the series).
    pub item: Item,
    /// The measure's code.
    pub code: CodeableConcept,
    /// Readings, oldest first.
    pub readings: Vec<Reading>,
    /// Targets on the same measure, with the goal they belong to.
    pub targets: Vec<(ItemId, Band)>,
    /// True where the patient reported it.
    pub patient_reported: bool,
}

/// One reading.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reading {
    /// The Observation.
    pub key: ResourceKey,
    /// When it was taken.
    pub when: Option<FhirDate>,
    /// What was found.
    pub value: Value,
    /// Observation status code.
    pub status: Option<String>,
    /// `interpretation` in words or as code, such as `H`.
    pub interpretation: Option<String>,
}

/// A reading's value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Value {
    /// A number with its unit; `text` has the digits of the source.
    Quantity {
        /// As it was written, with comparator.
        text: String,
        /// For drawing.
        number: Decimal,
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
