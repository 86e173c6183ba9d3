//! Concepts, quantities and times as FHIR writes them.

use fhir::codes::UCUM;
use serde_json::{Number, Value, json};

use super::element::Element;
use crate::plan::{Coded, Period, Priority, Quantity};

/// A concept.
pub(super) fn concept(coded: &Coded) -> Value {
    let codings = coded.codings.iter().map(|coding| {
        Element::new()
            .with("system", coding.system.clone())
            .with("code", coding.code.clone())
            .with_some("display", coding.display.clone())
            .done()
    });
    Element::new().with_list("coding", codings.collect()).with_some("text", coded.text.clone()).done()
}

/// A concept in words only.
pub(super) fn words(text: &str) -> Value {
    json!({ "text": text })
}

/// A concept of one code.
pub(super) fn code(system: &str, code: &str, display: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code, "display": display }] })
}

/// How much something matters (R4 goal-priority).
pub(super) fn priority(priority: Priority) -> Value {
    let display = match priority {
        Priority::High => "High Priority",
        Priority::Medium => "Medium Priority",
        Priority::Low => "Low Priority",
    };
    code("http://terminology.hl7.org/CodeSystem/goal-priority", &format!("{}-priority", priority.code()), display)
}

/// A quantity. The digits stay as they were written.
pub(super) fn quantity(quantity: &Quantity) -> Value {
    let comparator = quantity.comparator.map(|comparator| comparator.code());
    amount(quantity, comparator)
}

/// A quantity in a Range, where no comparator is allowed (R4 datatypes.html#SimpleQuantity).
pub(super) fn simple_quantity(quantity: &Quantity) -> Value {
    amount(quantity, None)
}

fn amount(quantity: &Quantity, comparator: Option<&'static str>) -> Value {
    let number: Number = quantity.value.to_string().parse().expect("a decimal is written as JSON writes numbers");
    let unit = quantity.unit.as_ref().or(quantity.ucum.as_ref());
    Element::new()
        .with("value", Value::Number(number))
        .with_some("comparator", comparator)
        .with_some("unit", unit.cloned())
        .with_some("system", quantity.ucum.as_ref().map(|_| UCUM))
        .with_some("code", quantity.ucum.clone())
        .done()
}

/// A Period; `None` where neither end is known.
pub(super) fn period(period: &Period) -> Option<Value> {
    Element::new()
        .with_some("start", period.start.map(|day| day.to_string()))
        .with_some("end", period.end.map(|day| day.to_string()))
        .some()
}
