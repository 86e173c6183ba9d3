//! The shape of a large trend: the same scaling as the small one, within axes. Pure.

use care_plan::plan::{Band, Reading};
use fhir::FhirDate;

use super::series::{Bounds, Series};
use super::ticks::{month_ticks, number_ticks};
use super::trend_shape::{Area, Dot};

/// Width of the picture in its own units.
pub const WIDTH: f64 = 460.0;
/// Height of the picture in its own units.
pub const HEIGHT: f64 = 220.0;
/// Edges of the place between the axes.
pub const LEFT: f64 = 40.0;
/// See [`LEFT`].
pub const RIGHT: f64 = 450.0;
/// See [`LEFT`].
pub const TOP: f64 = 20.0;
/// See [`LEFT`].
pub const BOTTOM: f64 = 194.0;
/// Room that a label of the time axis takes: a whole day at both ends, a month between.
const DAY_LABEL: f64 = 72.0;
const MONTH_LABEL: f64 = 58.0;
/// Least distance between the labels of two targets.
const LINE: f64 = 13.0;

/// What there is to draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Unit of all numbers.
    pub unit: String,
    /// Labels of the number axis: distance from the top, and text.
    pub numbers: Vec<(f64, String)>,
    /// Labels of the time axis: distance from the left and date, oldest first. The first and the last are readings.
    pub times: Vec<(f64, FhirDate)>,
    /// `points` of one polyline for each number of a reading, with the place of its last point from the top.
    pub lines: Vec<(String, f64)>,
    /// One for each number of each reading.
    pub dots: Vec<Dot>,
    /// Targets that can be drawn.
    pub targets: Vec<Range>,
}

/// A target's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Range {
    /// Which of the targets it is.
    pub target: usize,
    /// From bound to bound, or to the edge.
    pub area: Area,
    /// The bounds, from the top.
    pub bounds: Vec<f64>,
    /// Where its label stands, from the top.
    pub label: f64,
}

/// Scales readings (oldest first) and targets into a picture with axes; see [`super::shape`] for what is left out.
pub fn plot(readings: &[&Reading], targets: &[Band]) -> Option<Plot> {
    let series = Series::of(readings)?;
    let bounds: Vec<(usize, Bounds)> =
        targets.iter().enumerate().filter_map(|(at, band)| Some((at, series.bounds(band)?))).collect();
    let of_targets: Vec<Bounds> = bounds.iter().map(|(_, bounds)| *bounds).collect();
    let ((lowest, highest), (first, last)) = (series.range(&of_targets), series.span());
    let x = |at: i64| {
        let share = if last > first { (at - first) as f64 / (last - first) as f64 } else { 0.0 };
        LEFT + 8.0 + share * (RIGHT - LEFT - 16.0)
    };
    let y = |value: f64| BOTTOM - (value - lowest) / (highest - lowest) * (BOTTOM - TOP);
    let lines = (0..series.rows()).map(|row| {
        let line = series.points.iter().map(|point| format!("{:.1},{:.1}", x(point.at), y(point.values[row])));
        let end = series.points.last().map_or(TOP, |point| y(point.values[row]));
        (line.collect::<Vec<_>>().join(" "), end)
    });
    let dots = series.points.iter().enumerate().flat_map(|(index, point)| {
        let (newest, at) = (index + 1 == series.points.len(), x(point.at));
        let bound = point.bound;
        point.values.iter().map(move |value| Dot { x: at, y: y(*value), source: point.source.clone(), newest, bound })
    });
    let ranges = bounds.iter().map(|(target, (low, high))| {
        let (top, bottom) = (high.map_or(TOP, y), low.map_or(BOTTOM, y));
        let bounds: Vec<f64> = [*high, *low].into_iter().flatten().map(y).collect();
        // See [`super::shape`]: a bound of one number of a pair is a line.
        let area = match (targets[*target].component, bounds.first()) {
            (Some(_), Some(bound)) => Area { y: *bound, height: 0.0 },
            _ => Area { y: top.min(bottom), height: (bottom - top).abs() },
        };
        Range { target: *target, label: area.y + LINE, area, bounds }
    });
    Some(Plot {
        unit: series.unit.to_owned(),
        numbers: number_ticks(lowest, highest).into_iter().map(|(value, text)| (y(value), text)).collect(),
        times: times(&series, x),
        lines: lines.collect(),
        dots: dots.collect(),
        targets: apart(ranges.collect()),
    })
}

/// First and last day, and as many months between as have room.
fn times(series: &Series<'_>, x: impl Fn(i64) -> f64) -> Vec<(f64, FhirDate)> {
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else { return Vec::new() };
    let (from, to) = (x(first.at) + DAY_LABEL + MONTH_LABEL / 2.0, x(last.at) - DAY_LABEL - MONTH_LABEL / 2.0);
    let room = (((to - from) / MONTH_LABEL).floor() + 1.0).max(0.0) as usize;
    let between = month_ticks(first.at, last.at, room + 1).into_iter().map(|(at, month)| (x(at), month));
    let mut times = vec![(x(first.at), first.when.clone())];
    times.extend(between.filter(|(at, _)| (from..=to).contains(at)));
    times.extend((last.when != first.when).then(|| (x(last.at), last.when.clone())));
    times
}

/// Moves labels of targets down, or up from the ground, until none stands on another.
fn apart(mut ranges: Vec<Range>) -> Vec<Range> {
    ranges.sort_by(|one, two| one.label.total_cmp(&two.label));
    let mut above = TOP;
    for range in &mut ranges {
        range.label = range.label.max(above);
        above = range.label + LINE;
    }
    let mut below = BOTTOM - 4.0;
    for range in ranges.iter_mut().rev() {
        range.label = range.label.min(below);
        below = range.label - LINE;
    }
    ranges
}
