//! What an Observation found: a number, a blood pressure, words, or nothing and why.

use fhir::codes::LOINC;
use fhir::{CodeableConcept, Maybe, Observation, ObservationComponent, Quantity};
use rust_decimal::Decimal;

use super::codings::{codes, label, words};
use super::{dosage, units};
use crate::plan::Value;

/// LOINC: systolic blood pressure.
pub(super) const SYSTOLIC: &str = "8480-6";
/// LOINC: diastolic blood pressure.
pub(super) const DIASTOLIC: &str = "8462-4";

/// What a value of type SampledData is called: its numbers say nothing to a reader.
const WAVEFORM: &str = "waveform";

/// A value, and the series of its measure that it can be drawn in.
pub(super) struct Found {
    pub(super) value: Value,
    pub(super) scale: Scale,
}

/// What a value can be drawn with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scale {
    /// Blood pressure in a unit.
    Pair(String),
    /// Numbers in a unit.
    Unit(String),
    /// Nothing: words, or no value.
    Words,
}

/// Reads the value of an Observation. `member_labels` gives the labels of a panel's members, where it has nothing else.
pub(super) fn read(observation: &Observation, member_labels: impl FnOnce() -> Vec<String>) -> Found {
    if let Some(found) = observation.value_quantity.as_ref().and_then(quantity) {
        return found;
    }
    if let Some(number) = observation.value_integer.0 {
        let value = Value::Quantity { text: number.to_string(), number: Decimal::from(number), unit: String::new() };
        return Found { value, scale: Scale::Unit(String::new()) };
    }
    if let Some(found) = blood_pressure(&observation.component) {
        return found;
    }
    let text = plain(observation).or_else(|| components(observation));
    let absent = || label(observation.data_absent_reason.as_ref());
    let value = match text {
        Some(text) => Value::Text(text),
        None if observation.data_absent_reason.is_some() => Value::Absent(absent()),
        None => {
            let members = member_labels();
            if members.is_empty() { Value::Absent(None) } else { Value::Text(members.join(", ")) }
        }
    };
    Found { value, scale: Scale::Words }
}

fn quantity(quantity: &Quantity) -> Option<Found> {
    let number = quantity.value.as_ref()?;
    let comparator = quantity.comparator.as_deref().unwrap_or_default();
    let Some(decimal) = number.to_decimal() else {
        let value = Value::Text(dosage::amount(quantity)?);
        return Some(Found { value, scale: Scale::Words });
    };
    let value =
        Value::Quantity { text: format!("{comparator}{}", number.0), number: decimal, unit: shown_unit(quantity) };
    Some(Found { value, scale: Scale::Unit(normal_unit(quantity)) })
}

fn blood_pressure(components: &[ObservationComponent]) -> Option<Found> {
    let part = |code: &str| {
        let component =
            components.iter().find(|component| component.code.as_ref().is_some_and(|concept| is(concept, code)))?;
        let quantity = component.value_quantity.as_ref()?;
        Some((quantity.value.as_ref()?.to_decimal()?, quantity))
    };
    let ((high, above), (low, below)) = (part(SYSTOLIC)?, part(DIASTOLIC)?);
    let unit = normal_unit(above);
    // Two units in one reading are an error of the record: it is shown as it stands and not drawn.
    (unit == normal_unit(below))
        .then(|| Found { value: Value::Pair { high, low, unit: shown_unit(above) }, scale: Scale::Pair(unit) })
}

fn is(concept: &CodeableConcept, loinc: &str) -> bool {
    codes(concept).any(|(system, code)| system == LOINC && code == loinc)
}

/// A value of one of the types that are words or can be said in words.
fn plain(observation: &Observation) -> Option<String> {
    let date = |date: &Maybe<fhir::FhirDate>| date.as_ref().map(ToString::to_string);
    let range = || {
        let range = observation.value_range.as_ref()?;
        between(range.low.as_ref().and_then(dosage::amount), range.high.as_ref().and_then(dosage::amount))
    };
    let ratio = || {
        let ratio = observation.value_ratio.as_ref()?;
        Some(format!(
            "{} : {}",
            dosage::amount(ratio.numerator.as_ref()?)?,
            dosage::amount(ratio.denominator.as_ref()?)?
        ))
    };
    let period = || {
        let period = observation.value_period.as_ref()?;
        between(date(&period.start), date(&period.end))
    };
    label(observation.value_codeable_concept.as_ref())
        .or_else(|| words(observation.value_string.as_deref()))
        .or_else(|| observation.value_boolean.0.map(yes_or_no))
        .or_else(range)
        .or_else(ratio)
        .or_else(|| date(&observation.value_date_time))
        .or_else(|| words(observation.value_time.as_deref()))
        .or_else(period)
        .or_else(|| observation.value_sampled_data.as_ref().map(|_| WAVEFORM.to_owned()))
}

fn between(low: Option<String>, high: Option<String>) -> Option<String> {
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} to {high}")),
        (Some(low), None) => Some(format!("from {low}")),
        (None, Some(high)) => Some(format!("to {high}")),
        (None, None) => None,
    }
}

/// `Yes` or `No`, as people say it.
pub(super) fn yes_or_no(value: bool) -> String {
    if value { "Yes".to_owned() } else { "No".to_owned() }
}

/// The components as a line: `Systolic: 120 mmHg; Cuff: left arm`. A label that only repeats the measure's is left out.
fn components(observation: &Observation) -> Option<String> {
    let measure = label(observation.code.as_ref());
    let said = |component: &ObservationComponent| {
        let value = (component.value_quantity.as_ref().and_then(dosage::amount))
            .or_else(|| label(component.value_codeable_concept.as_ref()))
            .or_else(|| words(component.value_string.as_deref()))
            .or_else(|| component.value_boolean.0.map(yes_or_no))
            .or_else(|| component.value_integer.0.map(|number| number.to_string()))
            .or_else(|| component.value_sampled_data.as_ref().map(|_| WAVEFORM.to_owned()))
            .or_else(|| label(component.data_absent_reason.as_ref()))?;
        let part = label(component.code.as_ref()).filter(|part| Some(part) != measure.as_ref());
        Some(part.map_or_else(|| value.clone(), |part| format!("{part}: {value}")))
    };
    let said: Vec<String> = observation.component.iter().filter_map(said).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn normal_unit(quantity: &Quantity) -> String {
    units::normal(quantity.code.as_deref(), quantity.unit.as_deref())
}

fn shown_unit(quantity: &Quantity) -> String {
    words(quantity.unit.as_deref()).or_else(|| words(quantity.code.as_deref())).unwrap_or_default()
}
