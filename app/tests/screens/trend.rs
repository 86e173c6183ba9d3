//! The shape of a trend.

use app::parts::{Size, plot, shape};
use care_plan::plan::{Band, Component, Reading, Value};
use fhir::{FhirDate, ResourceKey, SourceId};

const SIZE: Size = Size { width: 106.0, height: 40.0 };

fn reading(when: &str, value: &str, unit: &str) -> Reading {
    let key = ResourceKey { source: SourceId::new("a"), kind: "Observation".to_owned(), id: when.to_owned() };
    let number = value.parse().expect("a number");
    let value = Value::Quantity { text: value.to_owned(), number, comparator: None, unit: unit.to_owned() };
    Reading {
        key,
        with: None,
        when: FhirDate::parse(when),
        value,
        converted: None,
        method: None,
        duplicate_of: None,
        status: None,
        interpretation: None,
    }
}

fn below(bound: &str, unit: &str) -> Band {
    let unit = unit.to_owned();
    Band {
        low: None,
        high: bound.parse().ok(),
        comparator: Some("<".to_owned()),
        single: true,
        unit,
        unit_code: None,
        component: None,
    }
}

#[test]
fn time_runs_proportionally_and_higher_values_stand_higher() {
    let readings = [reading("2026-01-01", "9", "%"), reading("2026-01-11", "8", "%"), reading("2026-01-21", "7", "%")];
    let shape = shape(&readings.iter().collect::<Vec<_>>(), &[], SIZE).expect("a shape");
    let [first, middle, last] = &shape.dots[..] else { panic!("three dots") };
    assert_eq!((first.x, middle.x, last.x), (3.0, 53.0, 103.0));
    assert!(first.y < middle.y && middle.y < last.y && last.newest && !middle.newest);
}

#[test]
fn two_units_never_share_a_line() {
    let readings =
        [reading("2026-01-01", "75", "mmol/mol"), reading("2026-02-01", "9", "%"), reading("2026-03-01", "8", "%")];
    let readings: Vec<&Reading> = readings.iter().collect();
    let drawn = shape(&readings, &[below("53", "mmol/mol"), below("7.5", "%")], SIZE).expect("a shape");
    assert_eq!((drawn.dots.len(), drawn.areas.len()), (2, 1));
    assert_eq!(shape(&readings[..2], &[], SIZE), None, "one reading of the newest unit is no trend");
}

#[test]
fn a_target_below_a_bound_reaches_to_the_ground() {
    let readings = [reading("2026-01-01", "9", "%"), reading("2026-03-01", "8", "%")];
    let shape = shape(&readings.iter().collect::<Vec<_>>(), &[below("7.5", "%")], SIZE).expect("a shape");
    let area = shape.areas[0];
    assert!((area.y + area.height - SIZE.height).abs() < 0.001 && area.y > shape.dots[1].y);
}

#[test]
fn a_large_trend_has_axes_with_round_numbers_and_real_days() {
    let readings =
        [reading("2025-04-01", "9.2", "%"), reading("2026-04-20", "8.4", "%"), reading("2026-10-12", "8.1", "%")];
    let plot = plot(&readings.iter().collect::<Vec<_>>(), &[below("7.5", "%"), below("8.0", "%")]).expect("a plot");
    let times: Vec<String> = plot.times.iter().map(|(_, date)| date.to_string()).collect();
    assert_eq!(
        (times.first().map(String::as_str), times.last().map(String::as_str)),
        (Some("2025-04-01"), Some("2026-10-12"))
    );
    assert!(times.len() > 2 && plot.times.is_sorted_by(|one, two| one.0 + 40.0 < two.0), "{times:?}");
    assert_eq!(
        plot.numbers.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>(),
        ["7.5", "8.0", "8.5", "9.0", "9.5"]
    );
    assert_eq!(plot.unit, "%");
    assert_eq!(plot.targets.len(), 2);
    assert!(plot.targets[1].label - plot.targets[0].label >= 13.0, "labels stand apart: {:?}", plot.targets);
}

#[test]
fn labels_of_many_targets_never_stand_on_each_other_nor_outside() {
    let readings = [reading("2026-01-01", "9.2", "%"), reading("2026-01-01", "8.1", "%")];
    let targets: Vec<Band> = ["7.5", "7.5", "7.6", "7.5", "9.9", "2"].iter().map(|bound| below(bound, "%")).collect();
    let plot = plot(&readings.iter().collect::<Vec<_>>(), &targets).expect("a plot");
    let labels: Vec<f64> = plot.targets.iter().map(|range| range.label).collect();
    assert!(labels.is_sorted_by(|one, two| two - one >= 12.9) && labels[0] >= 20.0 && labels[5] <= 194.0, "{labels:?}");
    assert_eq!(plot.times.len(), 1, "one day, one label");
}

#[test]
fn a_number_that_is_only_a_bound_is_marked_and_one_in_another_unit_is_drawn_as_converted() {
    let mut below = reading("2026-01-01", "9", "%");
    if let Value::Quantity { comparator, .. } = &mut below.value {
        *comparator = Some("<".to_owned());
    }
    let mut converted = reading("2026-01-11", "75", "mmol/mol");
    converted.converted = Some(reading("2026-01-11", "9", "%").value);
    let readings = [below, converted, reading("2026-01-21", "7", "%")];
    let shape = shape(&readings.iter().collect::<Vec<_>>(), &[], SIZE).expect("a shape");
    assert_eq!(shape.dots.iter().map(|dot| dot.bound).collect::<Vec<_>>(), [true, false, false]);
    assert_eq!(shape.dots[0].y, shape.dots[1].y);
}

#[test]
fn the_bounds_of_both_pressures_are_lines_and_not_stacked_areas() {
    let pair = |when: &str| Reading {
        value: Value::Pair { high: 138.into(), low: 86.into(), unit: "mmHg".to_owned() },
        ..reading(when, "1", "mmHg")
    };
    let of = |bound: &str, component| Band { component: Some(component), ..below(bound, "mmHg") };
    let targets = [of("130", Component::Systolic), of("80", Component::Diastolic)];
    let readings = [pair("2026-01-01"), pair("2026-02-01")];
    let readings: Vec<&Reading> = readings.iter().collect();
    let small = shape(&readings, &targets, SIZE).expect("a shape");
    assert!(small.areas.iter().all(|area| area.height <= 1.0) && small.areas[0].y < small.areas[1].y);
    let large = plot(&readings, &targets).expect("a plot");
    assert!(large.targets.iter().all(|range| range.area.height == 0.0 && range.bounds.len() == 1));
}
