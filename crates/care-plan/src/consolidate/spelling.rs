//! One spelling of the unit within a series: the one that most readings use.

use std::collections::BTreeMap;

use crate::plan::{Reading, Value};

/// Gives all numbers of a series the same spelling of their unit and returns it. The unit itself is the same already.
pub(super) fn join(readings: &mut [Reading]) -> String {
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for unit in readings.iter().filter_map(|reading| unit(&reading.value)) {
        *used.entry(unit).or_default() += 1;
    }
    let most = used.values().max().copied();
    let chosen =
        used.into_iter().find(|(_, count)| Some(*count) == most).map_or_else(String::new, |(unit, _)| unit.to_owned());
    for reading in readings {
        if let Value::Quantity { unit, .. } | Value::Pair { unit, .. } = &mut reading.value {
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
