//! What an Observation found: a number, a blood pressure, words, or nothing and why.

use std::cell::RefCell;
use std::collections::HashMap;

use fhir::codes::LOINC;
use fhir::{CodeableConcept, Maybe, Observation, ObservationComponent, Quantity};
use rust_decimal::Decimal;

use super::codings::{codes, label, words};
use super::dosage;
use crate::measures::{self, Measure};
use crate::plan::Value;
use crate::units::Unit;

/// LOINC: systolic blood pressure.
pub(super) const SYSTOLIC: &str = "8480-6";
/// LOINC: diastolic blood pressure.
pub(super) const DIASTOLIC: &str = "8462-4";

/// What a value of type SampledData is called: its numbers say nothing to a reader.
const WAVEFORM: &str = "waveform";

/// A value, and what it can be drawn with.
pub(super) struct Found {
    pub(super) value: Value,
    pub(super) scale: Scale,
    pub(super) unit: Unit,
}

/// What a value can be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scale {
    /// Blood pressure.
    Pair,
    /// Numbers.
    Number,
    /// Nothing: words, or no value.
    Words,
}

impl Scale {
    /// Its name, as ids are made of it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pair => "pair",
            Self::Number => "unit",
            Self::Words => "words",
        }
    }
}

impl Found {
    fn words(value: Value) -> Self {
        Self { value, scale: Scale::Words, unit: Unit::default() }
    }
}

/// What units were read so far: many readings, few units.
#[derive(Default)]
pub(super) struct Units(RefCell<HashMap<Written, (Unit, String)>>);

/// A unit as a quantity has it, by code and words, and the measure that it is of.
type Written = (Option<String>, Option<String>, Option<&'static str>);

impl Units {
    /// The unit of a quantity, and how it is shown; see [`unit_of`].
    fn of(&self, quantity: &Quantity, measure: Option<&Measure>) -> (Unit, String) {
        let written = (quantity.code.0.clone(), quantity.unit.0.clone(), measure.map(|measure| measure.name));
        self.0.borrow_mut().entry(written).or_insert_with(|| unit_of(quantity, measure)).clone()
    }
}

/// Reads the value of an Observation of this measure. `member_labels` gives the labels of a panel's members, where it has
/// nothing else.
pub(super) fn read(
    units: &Units,
    observation: &Observation,
    measure: Option<&Measure>,
    member_labels: impl FnOnce() -> Vec<String>,
) -> Found {
    if let Some(found) = observation.value_quantity.as_ref().and_then(|quantity| number(units, quantity, measure)) {
        return found;
    }
    if let Some(integer) = observation.value_integer.0 {
        let number = Decimal::from(integer);
        let value = Value::Quantity { text: integer.to_string(), number, comparator: None, unit: String::new() };
        return Found { value, scale: Scale::Number, unit: Unit::default() };
    }
    if let Some(found) = blood_pressure(units, &observation.component) {
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
    Found::words(value)
}

fn number(units: &Units, quantity: &Quantity, measure: Option<&Measure>) -> Option<Found> {
    let written = quantity.value.as_ref()?;
    let comparator = words(quantity.comparator.as_deref());
    let Some(number) = written.to_decimal() else {
        return Some(Found::words(Value::Text(dosage::amount(quantity)?)));
    };
    let text = format!("{}{}", comparator.as_deref().unwrap_or_default(), written.0);
    let (unit, spelled) = units.of(quantity, measure);
    Some(Found { value: Value::Quantity { text, number, comparator, unit: spelled }, scale: Scale::Number, unit })
}

fn blood_pressure(units: &Units, components: &[ObservationComponent]) -> Option<Found> {
    let pressure = measures::named(measures::BLOOD_PRESSURE);
    let part = |code: &str| {
        let component =
            components.iter().find(|component| component.code.as_ref().is_some_and(|concept| is(concept, code)))?;
        let quantity = component.value_quantity.as_ref()?;
        // "More than" of one half would be lost in a pair: it is told in words.
        let exact = quantity.comparator.as_deref().is_none_or(|comparator| comparator.trim().is_empty());
        Some((quantity.value.as_ref()?.to_decimal().filter(|_| exact)?, units.of(quantity, pressure)))
    };
    let ((high, (unit, spelled)), (low, (other, _))) = (part(SYSTOLIC)?, part(DIASTOLIC)?);
    // Two units in one reading are an error of the record: it is shown as it stands and not drawn.
    let value = Value::Pair { high, low, unit: spelled };
    (unit == other).then_some(Found { value, scale: Scale::Pair, unit })
}

/// The unit of a quantity, and how it is shown: in the source's words where they say this unit, else by its code.
///
/// Where code and words say different units, the one that the measure can have is meant; where both or neither can be,
/// nobody can tell, and both are shown.
fn unit_of(quantity: &Quantity, measure: Option<&Measure>) -> (Unit, String) {
    let (code, said) = (words(quantity.code.as_deref()), words(quantity.unit.as_deref()));
    if let (Some((of_code, of_words)), Some(code), Some(said)) =
        (Unit::contradiction(code.as_deref(), said.as_deref()), &code, &said)
    {
        let fits = |unit: &Unit| {
            measure.is_some_and(|measure| {
                let usual = measure.units.first().map(|(usual, _)| Unit::read(Some(usual), None));
                usual.is_some_and(|usual| measure.convert(Decimal::ONE, unit, &usual).is_some())
            })
        };
        let same =
            measure.is_some_and(|measure| measure.convert(Decimal::ONE, &of_code, &of_words) == Some(Decimal::ONE));
        return match (fits(&of_code), fits(&of_words)) {
            (true, true) if same => (of_code, said.clone()),
            (true, false) => (of_code, code.clone()),
            (false, true) => (of_words, said.clone()),
            _ => (Unit::contradictory(Some(code), Some(said)), format!("{said} ({code})")),
        };
    }
    let unit = Unit::read(code.as_deref(), said.as_deref());
    let in_words = said.clone().filter(|said| Unit::read(None, Some(said)) == unit);
    let shown = in_words.or_else(|| code.clone().filter(|code| Unit::read(Some(code), None) == unit)).or(said).or(code);
    (unit, shown.unwrap_or_default())
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
