//! The unit that a series is drawn in: the one that most of its readings have.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use super::entry::Entry;
use crate::consolidate::values::Scale;
use crate::measures::{Measure, Rule};
use crate::plan::{Band, Value};
use crate::units::Unit;

/// The axis of a series.
#[derive(Debug, Clone, Default)]
pub(in crate::consolidate) struct Axis {
    pub(in crate::consolidate) unit: Unit,
    /// How most readings spell it.
    pub(in crate::consolidate) spelled: String,
    measure: Option<&'static Measure>,
}

impl Axis {
    /// Chooses among the units of some entries: the one that most have, then the one that clinicians prefer.
    pub(super) fn of<'e>(entries: impl Iterator<Item = &'e Entry<'e>>) -> Self {
        let mut used: BTreeMap<&str, (usize, &Entry<'_>)> = BTreeMap::new();
        for entry in entries.filter(|entry| entry.scale != Scale::Words) {
            used.entry(entry.unit.key()).or_insert((0, entry)).0 += 1;
        }
        let preference = |entry: &Entry<'_>| entry.measure.map_or(0, |(measure, _)| measure.preference(&entry.unit));
        let best = used.into_iter().min_by_key(|(key, (count, entry))| (Reverse(*count), preference(entry), *key));
        best.map_or_else(Self::default, |(_, (_, entry))| Self {
            unit: entry.unit.clone(),
            spelled: String::new(),
            measure: entry.measure.map(|(measure, _)| measure),
        })
    }

    /// A reading's value on this axis, where it was written in another unit.
    pub(super) fn convert(&self, entry: &Entry<'_>) -> Option<Value> {
        if entry.scale == Scale::Words || entry.unit == self.unit {
            return None;
        }
        let number = |number: &Decimal| Some(self.rounded(self.number(*number, &entry.unit)?, number));
        match &*entry.value {
            Value::Quantity { number: written, comparator, .. } => {
                let number = number(written)?;
                let text = format!("{}{number}", comparator.as_deref().unwrap_or_default());
                Some(Value::Quantity { text, number, comparator: comparator.clone(), unit: String::new() })
            }
            Value::Pair { high, low, .. } => {
                Some(Value::Pair { high: number(high)?, low: number(low)?, unit: String::new() })
            }
            Value::Text(_) | Value::Absent(_) => None,
        }
    }

    /// A target on this axis. `None` where it is in a unit that does not convert; the flag tells whether it was converted.
    pub(in crate::consolidate) fn band(&self, band: &Band, unit: &Unit) -> Option<(Band, bool)> {
        let spelled = Band { unit: self.spelled.clone(), ..band.clone() };
        if *unit == self.unit {
            return Some((spelled, false));
        }
        let bound = |bound: Option<Decimal>| match bound {
            None => Some(None),
            Some(written) => Some(Some(self.rounded(self.number(written, unit)?, &written))),
        };
        let (low, high) = (bound(band.low)?, bound(band.high)?);
        Some((Band { low, high, unit_code: None, ..spelled }, true))
    }

    /// How values of the measure convert.
    pub(in crate::consolidate) fn rule(&self) -> Rule {
        self.measure.map_or(Rule::Dimension, |measure| measure.rule)
    }

    fn number(&self, number: Decimal, from: &Unit) -> Option<Decimal> {
        self.rule().convert(number, from, &self.unit)
    }

    /// Rounds to the decimals that clinicians write, else to as many digits as the source wrote and three at least.
    fn rounded(&self, number: Decimal, written: &Decimal) -> Decimal {
        let nearest = RoundingStrategy::MidpointAwayFromZero;
        if let Some(decimals) = self.measure.and_then(|measure| measure.decimals(&self.unit)) {
            return number.round_dp_with_strategy(decimals, nearest);
        }
        let digits = written.mantissa().unsigned_abs().checked_ilog10().map_or(1, |log| log + 1).max(3);
        number.round_sf_with_strategy(digits, nearest).unwrap_or(number).normalize()
    }
}
