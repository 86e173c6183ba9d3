//! The shape of a trend: points, lines and target bands scaled into a picture. Pure.

use care_plan::plan::{Band, Reading, Value};
use care_plan::trend::same_unit;
use fhir::SourceId;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Size of the picture in its own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// What there is to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// `points` of one polyline for each number of a reading: one, or two for a pair such as a blood pressure.
    pub lines: Vec<String>,
    /// One for each number of each reading.
    pub dots: Vec<Dot>,
    /// Target bands.
    pub areas: Vec<Area>,
}

/// A reading's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Who measured it.
    pub source: SourceId,
    /// True for the newest reading.
    pub newest: bool,
}

/// A target's place over the whole width.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Upper edge from the top.
    pub y: f64,
    /// Height.
    pub height: f64,
}

/// Scales readings (oldest first) and targets into a picture.
///
/// Time runs proportionally; lines are straight and unsmoothed. The vertical range takes in all readings and targets
/// with a margin and need not begin at zero. Readings in another unit than the newest are left out, as are targets:
/// two units never share a line. `None` where fewer than two readings can be drawn.
pub fn shape(readings: &[&Reading], targets: &[Band], size: Size) -> Option<Shape> {
    let unit = readings.iter().rev().find_map(|reading| numbers(&reading.value)).map(|(_, unit)| unit)?;
    let points: Vec<(f64, Vec<f64>, &SourceId)> = (readings.iter())
        .filter_map(|reading| {
            let (values, own_unit) = numbers(&reading.value)?;
            let when = reading.when.as_ref()?.sort_key();
            same_unit(own_unit, unit).then_some((when as f64, values, &reading.key.source))
        })
        .collect();
    if points.len() < 2 {
        return None;
    }
    let bands: Vec<(Option<f64>, Option<f64>)> = (targets.iter())
        .filter(|band| {
            same_unit(&band.unit, unit) || band.unit_code.as_deref().is_some_and(|code| same_unit(code, unit))
        })
        .map(|band| (band.low.as_ref().and_then(number), band.high.as_ref().and_then(number)))
        .collect();
    let bounds = bands.iter().flat_map(|(low, high)| [*low, *high]).flatten();
    let all = || points.iter().flat_map(|(_, values, _)| values.iter().copied()).chain(bounds.clone());
    let (lowest, highest) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    // A small change of a large number must not look like a large one.
    let margin = ((highest - lowest) * 0.15).max(highest.abs() * 0.05).max(0.1);
    let (lowest, highest) = (lowest - margin, highest + margin);
    let (first, last) = (points.first()?.0, points.last()?.0);
    let x = |when: f64| 3.0 + if last > first { (when - first) / (last - first) * (size.width - 6.0) } else { 0.0 };
    let y = |value: f64| size.height - (value - lowest) / (highest - lowest) * size.height;

    let rows = points.iter().map(|(_, values, _)| values.len()).min()?;
    let lines = (0..rows)
        .map(|row| {
            let line = points.iter().map(|(when, values, _)| format!("{:.1},{:.1}", x(*when), y(values[row])));
            line.collect::<Vec<_>>().join(" ")
        })
        .collect();
    let dots = (points.iter().enumerate())
        .flat_map(|(index, (when, values, source))| {
            let newest = index + 1 == points.len();
            let at = x(*when);
            values.iter().map(move |value| Dot { x: at, y: y(*value), source: (*source).clone(), newest })
        })
        .collect();
    let areas = (bands.iter())
        .filter(|(low, high)| low.is_some() || high.is_some())
        .map(|(low, high)| {
            let (top, bottom) = (high.map_or(0.0, y), low.map_or(size.height, y));
            Area { y: top.min(bottom), height: (bottom - top).abs() }
        })
        .collect();
    Some(Shape { lines, dots, areas })
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
