//! The shape of a trend.

use app::parts::{Size, shape};
use care_plan::plan::{Band, Reading, Value};
use fhir::{FhirDate, ResourceKey, SourceId};

const SIZE: Size = Size { width: 106.0, height: 40.0 };

fn reading(when: &str, value: &str, unit: &str) -> Reading {
    let key = ResourceKey { source: SourceId::new("a"), kind: "Observation".to_owned(), id: when.to_owned() };
    let value =
        Value::Quantity { text: value.to_owned(), number: value.parse().expect("a number"), unit: unit.to_owned() };
    Reading { key, when: FhirDate::parse(when), value, status: None, interpretation: None }
}

fn below(bound: &str, unit: &str) -> Band {
    let unit = unit.to_owned();
    Band { low: None, high: bound.parse().ok(), comparator: Some("<".to_owned()), single: true, unit, unit_code: None }
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
