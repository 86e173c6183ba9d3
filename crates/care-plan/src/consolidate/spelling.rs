//! One spelling of the unit within a series: the one that most readings use.

use std::collections::BTreeMap;

use crate::plan::{Reading, Value};
use crate::units::Unit;

/// Gives all numbers in the unit of the axis the same spelling of it, and returns it. A value in another unit keeps its own.
pub(super) fn join(readings: &mut [Reading], axis: &Unit) -> String {
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    let counted = readings.iter().filter(|reading| reading.converted.is_none() && reading.duplicate_of.is_none());
    for unit in counted.filter_map(|reading| unit(&reading.value)) {
        *used.entry(unit).or_default() += 1;
    }
    let most = used.values().max().copied();
    let chosen =
        used.into_iter().find(|(_, count)| Some(*count) == most).map_or_else(String::new, |(unit, _)| unit.to_owned());
    for reading in readings {
        let own = if let Some(converted) = &mut reading.converted { converted } else { &mut reading.value };
        let fits = reading.duplicate_of.is_none()
            || unit(own).is_some_and(|own| own.is_empty() || Unit::read(None, Some(own)) == *axis);
        if let (true, Value::Quantity { unit, .. } | Value::Pair { unit, .. }) = (fits, own) {
            unit.clone_from(&chosen);
        }
    }
    chosen
}

fn unit(value: &Value) -> Option<&str> {
    match value {
        Value::Quantity { unit, .. } | Value::Pair { unit, .. } => Some(unit),
        Value::Text(_) | Value::Absent(_) => None,
    }
}
