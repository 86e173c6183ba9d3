//! One reading of a series: an Observation, or two that are the halves of one blood pressure.

use std::borrow::Cow;

use super::observed::Observed;
use crate::consolidate::values::Scale;
use crate::measures::{self, Measure, Sibling};
use crate::plan::Value;
use crate::units::Unit;

/// A reading on its way into a series.
pub(super) struct Entry<'o> {
    /// The Observation; of a pair the systolic one.
    pub(super) at: usize,
    /// The diastolic Observation of a pair that two make.
    pub(super) with: Option<usize>,
    pub(super) value: Cow<'o, Value>,
    pub(super) scale: Scale,
    pub(super) unit: Unit,
    pub(super) measure: Option<(&'static Measure, Option<&'static Sibling>)>,
    /// The Observation that it repeats, where that is known from its halves.
    pub(super) repeats: Option<usize>,
}

impl<'o> Entry<'o> {
    /// The reading of one Observation.
    pub(super) fn of(at: usize, observed: &'o Observed<'_>) -> Self {
        Self {
            at,
            with: None,
            value: Cow::Borrowed(&observed.value),
            scale: observed.scale,
            unit: observed.unit.clone(),
            measure: observed.measure.map(|(measure, sibling)| (measure, Some(sibling))),
            repeats: None,
        }
    }

    /// The reading that a systolic and a diastolic Observation make together.
    pub(super) fn pair(high: &Self, low: &Self) -> Option<Self> {
        let (Value::Quantity { number: above, unit, .. }, Value::Quantity { number: below, .. }) =
            (&*high.value, &*low.value)
        else {
            return None;
        };
        Some(Self {
            at: high.at,
            with: Some(low.at),
            value: Cow::Owned(Value::Pair { high: *above, low: *below, unit: unit.clone() }),
            scale: Scale::Pair,
            unit: high.unit.clone(),
            measure: measures::named(measures::BLOOD_PRESSURE).map(|measure| (measure, None)),
            repeats: None,
        })
    }

    /// This copy of one half of a pair, in the series of the pair.
    pub(super) fn copy_of_half(&self, pair: &Self) -> Self {
        Self {
            at: self.at,
            with: None,
            value: self.value.clone(),
            scale: pair.scale,
            unit: self.unit.clone(),
            measure: pair.measure,
            repeats: Some(pair.at),
        }
    }

    /// What entries have in common that can be drawn on one axis: their values convert into each other.
    pub(super) fn family(&self) -> String {
        let of_measure = |(measure, sibling): (&Measure, Option<&Sibling>)| match sibling {
            Some(sibling) => measure.family(sibling, &self.unit),
            None => measure.rule.family(&self.unit),
        };
        let family = match self.measure {
            Some((measure, sibling)) => of_measure((measure, sibling)),
            None => measures::Rule::Dimension.family(&self.unit),
        };
        // One that converts into nothing is drawn with its like.
        family.unwrap_or_else(|| format!("={}", self.unit.key()))
    }
}
