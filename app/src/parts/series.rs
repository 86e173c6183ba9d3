//! The readings that can be drawn together, and the range they take. Pure.

use care_plan::plan::{Band, Reading, Value};
use care_plan::trend::same_unit;
use fhir::{FhirDate, SourceId};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Readings of one unit, oldest first.
pub(super) struct Series<'a> {
    /// The readings.
    pub(super) points: Vec<Point<'a>>,
    /// Unit of the newest.
    pub(super) unit: &'a str,
}

/// A reading to draw.
pub(super) struct Point<'a> {
    /// Seconds, for its place in time.
    pub(super) at: i64,
    /// When, as its source says.
    pub(super) when: &'a FhirDate,
    /// One number, or two for a pair.
    pub(super) values: Vec<f64>,
    /// Who measured it.
    pub(super) source: &'a SourceId,
    /// True where the number is only a bound of what was found: "< 0.01".
    pub(super) bound: bool,
}

/// Lower and upper bound of a target.
pub(super) type Bounds = (Option<f64>, Option<f64>);

impl<'a> Series<'a> {
    /// The readings that share the newest's unit. `None` where fewer than two can be drawn.
    pub(super) fn of(readings: &[&'a Reading]) -> Option<Self> {
        let unit = readings.iter().rev().find_map(|reading| numbers(reading.drawn())).map(|(_, unit)| unit)?;
        let points: Vec<Point<'a>> = (readings.iter())
            .filter_map(|reading| {
                let (values, own_unit) = numbers(reading.drawn())?;
                let when = reading.when.as_ref()?;
                let bound = matches!(reading.drawn(), Value::Quantity { comparator: Some(_), .. });
                let point = Point { at: when.sort_key(), when, values, source: &reading.key.source, bound };
                same_unit(own_unit, unit).then_some(point)
            })
            .collect();
        (points.len() >= 2).then_some(Self { points, unit })
    }

    /// Bounds of a target; `None` where it is in another unit or has none.
    pub(super) fn bounds(&self, band: &Band) -> Option<Bounds> {
        let same = same_unit(&band.unit, self.unit)
            || band.unit_code.as_deref().is_some_and(|code| same_unit(code, self.unit));
        let bounds = (band.low.as_ref().and_then(number), band.high.as_ref().and_then(number));
        (same && bounds != (None, None)).then_some(bounds)
    }

    /// How many numbers each reading has at least: one line for each.
    pub(super) fn rows(&self) -> usize {
        self.points.iter().map(|point| point.values.len()).min().unwrap_or_default()
    }

    /// Lowest and highest number that must have a place, with a margin; need not begin at zero.
    pub(super) fn range(&self, bounds: &[Bounds]) -> (f64, f64) {
        let bounds = bounds.iter().flat_map(|(low, high)| [*low, *high]).flatten();
        let all = || self.points.iter().flat_map(|point| point.values.iter().copied()).chain(bounds.clone());
        let (lowest, highest) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        // A small change of a large number must not look like a large one.
        let margin = ((highest - lowest) * 0.15).max(highest.abs() * 0.05).max(0.1);
        (lowest - margin, highest + margin)
    }

    /// Times of the first and the last reading.
    pub(super) fn span(&self) -> (i64, i64) {
        let at = |point: Option<&Point<'_>>| point.map_or(0, |point| point.at);
        (at(self.points.first()), at(self.points.last()))
    }
}

/// A decimal for drawing.
fn number(decimal: &Decimal) -> Option<f64> {
    decimal.to_f64()
}

/// The numbers of a value and their unit.
fn numbers(value: &Value) -> Option<(Vec<f64>, &str)> {
    match value {
        Value::Quantity { number: of, unit, .. } => Some((vec![number(of)?], unit)),
        Value::Pair { high, low, unit } => Some((vec![number(high)?, number(low)?], unit)),
        Value::Text(_) | Value::Absent(_) => None,
    }
}
