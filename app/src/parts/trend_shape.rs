//! The shape of a trend: points, lines and target bands scaled into a picture. Pure.

use care_plan::plan::{Band, Reading};
use fhir::SourceId;

use super::series::{Bounds, Series};

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
    /// True where the number is only a bound of what was found: drawn hollow.
    pub bound: bool,
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
    let series = Series::of(readings)?;
    let drawn: Vec<(&Band, Bounds)> = targets.iter().filter_map(|band| Some((band, series.bounds(band)?))).collect();
    let bounds: Vec<Bounds> = drawn.iter().map(|(_, bounds)| *bounds).collect();
    let ((lowest, highest), (first, last)) = (series.range(&bounds), series.span());
    let width = size.width - 6.0;
    let x = |at: i64| 3.0 + if last > first { (at - first) as f64 / (last - first) as f64 * width } else { 0.0 };
    let y = |value: f64| size.height - (value - lowest) / (highest - lowest) * size.height;
    let lines = (0..series.rows()).map(|row| {
        let line = series.points.iter().map(|point| format!("{:.1},{:.1}", x(point.at), y(point.values[row])));
        line.collect::<Vec<_>>().join(" ")
    });
    let dots = series.points.iter().enumerate().flat_map(|(index, point)| {
        let (newest, at) = (index + 1 == series.points.len(), x(point.at));
        let bound = point.bound;
        point.values.iter().map(move |value| Dot { x: at, y: y(*value), source: point.source.clone(), newest, bound })
    });
    let areas = drawn.iter().map(|(band, (low, high))| {
        let (top, bottom) = (high.map_or(0.0, y), low.map_or(size.height, y));
        // Of a blood pressure both numbers share the picture: an area under one bound would lie behind the other number.
        if band.component.is_some() {
            let y = if high.is_some() { top } else { bottom };
            return Area { y, height: 1.0 };
        }
        Area { y: top.min(bottom), height: (bottom - top).abs() }
    });
    Some(Shape { lines: lines.collect(), dots: dots.collect(), areas: areas.collect() })
}
