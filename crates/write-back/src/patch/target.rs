//! `Goal.target`: the value of one bound, and the due date.

use fhir::goal_fields::quantity_path;
use rust_decimal::Decimal;
use serde_json::{Map, Number, Value};

use super::object;
use super::primitive::{remove, set};
use crate::check::{Field, FieldProblem};
use crate::path::{member, position};
use crate::record::Refusal;

/// Finds a target, with its path.
pub(super) fn find(goal: &mut Map<String, Value>, index: usize) -> Result<(&mut Value, String), Refusal> {
    let path = position("target", index);
    let targets = goal.get_mut("target").ok_or(Refusal::NoTarget { index })?;
    let targets = targets.as_array_mut().ok_or_else(|| Refusal::Shape { path: "target".to_owned() })?;
    let target = targets.get_mut(index).ok_or(Refusal::NoTarget { index })?;
    if target.is_object() { Ok((target, path)) } else { Err(Refusal::Shape { path }) }
}

/// Sets the value of the quantity, or of a range's high bound, or of its low bound where that is all. Comparator, unit,
/// system and code stay.
pub(super) fn patch_value(target: &mut Value, path: &str, value: &str) -> Result<(), Refusal> {
    let shape = |name: &str| Refusal::Shape { path: member(path, name) };
    let number: Number = serde_json::from_str(value).map_err(|_| shape("detail[x]"))?;
    let names = quantity_path(target).ok_or_else(|| shape("detail[x]"))?;
    if names == ["detailRange", "high"] && is_below_low(&target["detailRange"], value) {
        let why = "The value is below the low bound of the range.".to_owned();
        return Err(Refusal::Fields(vec![FieldProblem { field: Field::TargetValue, why }]));
    }
    let quantity = names.iter().try_fold(target, |at, name| at.get_mut(*name));
    let quantity = object(quantity, &member(path, &names.join(".")))?;
    if quantity.get("value").is_some_and(|value| !value.is_number()) {
        return Err(shape(&format!("{}.value", names.join("."))));
    }
    set(quantity, "value", Value::Number(number));
    Ok(())
}

/// Sets or removes the due date. A target that is due after a duration is left alone: the two exclude each other.
pub(super) fn patch_due(target: &mut Value, path: &str, date: Option<&str>) -> Result<(), Refusal> {
    let target = object(Some(target), path)?;
    if target.contains_key("dueDuration") {
        return Err(Refusal::Shape { path: member(path, "dueDuration") });
    }
    match date {
        Some(date) => set(target, "dueDate", date.into()),
        None => remove(target, "dueDate"),
    }
    Ok(())
}

fn is_below_low(range: &Value, value: &str) -> bool {
    let low = range["low"]["value"].as_number().and_then(|low| low.to_string().parse::<Decimal>().ok());
    low.zip(value.parse::<Decimal>().ok()).is_some_and(|(low, value)| value < low)
}
