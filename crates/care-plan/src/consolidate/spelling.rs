//! One spelling of the unit within a series: the one that most readings use.

use std::collections::BTreeMap;

use crate::plan::{Reading, Value};
use crate::units::Unit;

/// Gives all numbers in the unit of the axis the same spelling of it, and returns it. A value in another unit keeps its own.
///
/// Copies count as well: which of two equal readings is called the copy depends on the names of their sources, and the
/// spelling must not.
pub(super) fn join(readings: &mut [Reading], axis: &Unit) -> String {
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    let counted = readings.iter().filter(|reading| reading.converted.is_none() && fits(reading, &reading.value, axis));
    for unit in counted.filter_map(|reading| unit(&reading.value)) {
        *used.entry(unit).or_default() += 1;
    }
    let most = used.values().max().copied();
    let chosen =
        used.into_iter().find(|(_, count)| Some(*count) == most).map_or_else(String::new, |(unit, _)| unit.to_owned());
    for reading in readings {
        let fits = fits(reading, reading.drawn(), axis);
        let own = if let Some(converted) = &mut reading.converted { converted } else { &mut reading.value };
        if let (true, Value::Quantity { unit, .. } | Value::Pair { unit, .. }) = (fits, own) {
            unit.clone_from(&chosen);
        }
    }
    chosen
}

/// True where a value is in the unit of the axis. A copy may be in another one, which nobody converted.
fn fits(reading: &Reading, value: &Value, axis: &Unit) -> bool {
    reading.duplicate_of.is_none()
        || unit(value).is_some_and(|own| own.is_empty() || Unit::read(None, Some(own)) == *axis)
}

fn unit(value: &Value) -> Option<&str> {
    match value {
        Value::Quantity { unit, .. } | Value::Pair { unit, .. } => Some(unit),
        Value::Text(_) | Value::Absent(_) => None,
    }
}
