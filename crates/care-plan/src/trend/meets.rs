//! Whether a value meets a target, whatever the units of both.

use rust_decimal::Decimal;

use super::span::Span;
use crate::measures::{self, Measure, Rule};
use crate::plan::{Band, Component, Value};
use crate::units::Unit;

/// Whether a value meets a target. `None` where nobody can tell: the units do not convert, the target names no bound, it
/// is for one part of a blood pressure and the value has none, the value is no number, or it lies so near the bound that
/// converting it would decide.
///
/// `measure` is the name of the measure ([`crate::plan::Outcome::measure`]), which values per mol need to be converted.
pub fn meets(value: &Value, band: &Band, measure: Option<&str>) -> Option<bool> {
    let (number, comparator, unit) = part(value, band.component)?;
    let target = Span::of_band(band)?;
    let rule = measure.and_then(measures::named).map_or(Rule::Dimension, |measure: &Measure| measure.rule);
    let from = Unit::read(None, Some(unit));
    let to = unit_of(band, &from, rule);
    if from == to {
        return Span::of_value(number, comparator)?.meets(target);
    }
    // A value is known to half of its last digit, which decides nothing as long as nothing is converted.
    let half = Decimal::new(5, (number.scale() + 1).min(28));
    let converted = |number: Decimal| rule.convert(number, &from, &to);
    let (low, high) = (converted(number.checked_sub(half)?)?, converted(number.checked_add(half)?)?);
    match comparator {
        None => Span::between(low, high),
        Some(_) => Span::of_value(low, comparator)?.joined(Span::of_value(high, comparator)?),
    }
    .meets(target)
}

/// The number that a target is about, with its comparator and its unit.
pub(super) fn part(value: &Value, component: Option<Component>) -> Option<(Decimal, Option<&str>, &str)> {
    match (value, component) {
        (Value::Quantity { number, comparator, unit, .. }, _) => Some((*number, comparator.as_deref(), unit)),
        (Value::Pair { high, unit, .. }, Some(Component::Systolic)) => Some((*high, None, unit)),
        (Value::Pair { low, unit, .. }, Some(Component::Diastolic)) => Some((*low, None, unit)),
        (Value::Pair { .. }, None) | (Value::Text(_) | Value::Absent(_), _) => None,
    }
}

/// The unit of a target; one that names none means that of the readings.
///
/// Where its code and its words say different units, the one that the readings can have is meant; where both or neither
/// can be, nobody can tell.
pub(crate) fn unit_of(band: &Band, readings: &Unit, rule: Rule) -> Unit {
    let (code, words) = (band.unit_code.as_deref(), Some(band.unit.as_str()));
    if let Some((of_code, of_words)) = Unit::contradiction(code, words) {
        let fits = |unit: &Unit| rule.convert(Decimal::ONE, unit, readings).is_some();
        return match (fits(&of_code), fits(&of_words)) {
            (true, false) => of_code,
            (false, true) => of_words,
            _ => Unit::contradictory(code, words),
        };
    }
    let silent = band.unit.trim().is_empty() && code.is_none_or(|code| code.trim().is_empty());
    if silent { readings.clone() } else { Unit::read(code, words) }
}
