use fhir::{FhirDate, ResourceKey, SourceId};

use super::*;
use crate::plan::{Component, Confidentiality, Item, ItemId};

fn reading(day: &str, value: Value, status: &str) -> Reading {
    Reading {
        key: ResourceKey { source: SourceId::new("a"), kind: "Observation".into(), id: day.into() },
        with: None,
        when: FhirDate::parse(day),
        value,
        converted: None,
        method: None,
        duplicate_of: None,
        status: Some(status.into()),
        interpretation: None,
    }
}

fn value(text: &str, unit: &str) -> Value {
    let digits = text.trim_start_matches(['<', '>', '=']);
    let comparator = &text[..text.len() - digits.len()];
    Value::Quantity {
        text: text.into(),
        number: digits.parse().expect("a number"),
        comparator: (!comparator.is_empty()).then(|| comparator.to_owned()),
        unit: unit.into(),
    }
}

fn percent(text: &str) -> Value {
    value(text, "%")
}

fn outcome(readings: Vec<Reading>) -> Outcome {
    let item = Item {
        id: ItemId("o1".into()),
        title: "A1c".into(),
        members: Vec::new(),
        because: Vec::new(),
        confidentiality: Confidentiality::Normal,
    };
    Outcome {
        item,
        measure: None,
        code: Default::default(),
        unit: "%".into(),
        readings,
        targets: Vec::new(),
        patient_reported: false,
    }
}

fn band(low: Option<i64>, high: Option<i64>, comparator: Option<&str>, unit: &str) -> Band {
    Band {
        low: low.map(Decimal::from),
        high: high.map(Decimal::from),
        comparator: comparator.map(str::to_owned),
        single: comparator.is_some(),
        unit: unit.into(),
        unit_code: None,
        component: None,
    }
}

#[test]
fn a_reading_that_was_taken_back_or_repeats_another_says_nothing() {
    let mut copy = reading("2026-05-01", percent("7.9"), "final");
    copy.duplicate_of = Some(copy.key.clone());
    let series = outcome(vec![
        reading("2026-01-01", percent("8.1"), "final"),
        reading("2026-02-01", percent("7.4"), "final"),
        reading("2026-03-01", Value::Absent(None), "final"),
        reading("2026-04-01", percent("74"), "entered-in-error"),
        copy,
    ]);
    let facts = series.facts().expect("two values");
    assert_eq!((facts.count, facts.latest, facts.previous), (3, &series.readings[1], Some(&series.readings[0])));
    assert_eq!((facts.direction, facts.days()), (Some(Direction::Falling), Some(31)));
}

#[test]
fn a_series_without_values_has_no_facts_and_one_value_no_direction() {
    assert_eq!(outcome(vec![reading("2026-01-01", Value::Absent(None), "final")]).facts(), None);
    let one = outcome(vec![reading("2026-01-01", percent("7"), "final")]);
    let facts = one.facts().expect("one value");
    assert_eq!((facts.first, facts.previous, facts.direction), (facts.latest, None, None));
}

#[test]
fn a_direction_compares_what_is_drawn() {
    let mut converted = reading("2026-02-01", value("53", "mmol/mol"), "final");
    converted.converted = Some(percent("7.0"));
    let series = outcome(vec![reading("2026-01-01", percent("8.1"), "final"), converted]);
    assert_eq!(series.facts().expect("two values").direction, Some(Direction::Falling));
}

#[test]
fn a_target_is_met_by_its_own_comparator() {
    let meets = |text: &str, unit: &str, band: &Band| meets(&value(text, unit), band, None);
    assert_eq!(meets("130", "mmHg", &band(None, Some(130), Some("<"), "mm[Hg]")), Some(false));
    assert_eq!(meets("130", "mmHg", &band(None, Some(130), Some("<="), "mm[Hg]")), Some(true));
    assert_eq!(meets("120", "mmHg", &band(Some(110), Some(130), None, "mm[Hg]")), Some(true));
    assert_eq!(meets("120", "mmHg", &band(None, None, None, "mm[Hg]")), None);
    assert_eq!(meets("120", "mmHg", &band(Some(110), Some(130), None, "")), Some(true), "no unit means the readings'");
    assert_eq!(meets("120", "mg/dL", &band(Some(110), Some(130), None, "mm[Hg]")), None);
    assert_eq!(meets("<120", "mmHg", &band(None, Some(130), Some("<"), "mm[Hg]")), Some(true));
    assert_eq!(meets("<140", "mmHg", &band(None, Some(130), Some("<"), "mm[Hg]")), None);
}

#[test]
fn a_target_in_another_unit_is_met_where_the_conversion_does_not_decide() {
    let below = |bound: i64, unit: &str| band(None, Some(bound), Some("<"), unit);
    assert_eq!(meets(&value("16.0", "kPa"), &below(130, "mmHg"), None), Some(true));
    assert_eq!(meets(&value("18.0", "kPa"), &below(130, "mmHg"), None), Some(false));
    assert_eq!(meets(&value("17.3", "kPa"), &below(130, "mmHg"), None), None, "17.3 kPa are 129.4 to 130.1 mmHg");
    assert_eq!(meets(&value("5.6", "mmol/L"), &below(130, "mg/dL"), Some("glucose")), Some(true));
    assert_eq!(meets(&value("5.6", "mmol/L"), &below(130, "mg/dL"), None), None, "of what, nobody said");
}

#[test]
fn a_target_of_one_number_of_a_pair_looks_at_that_number() {
    let pair = Value::Pair { high: 128.into(), low: 84.into(), unit: "mmHg".into() };
    let of = |component| Band { component, ..band(None, Some(80), Some("<"), "mmHg") };
    assert_eq!(meets(&pair, &of(Some(Component::Systolic)), None), Some(false));
    assert_eq!(
        meets(&pair, &Band { component: Some(Component::Systolic), ..band(None, Some(130), Some("<"), "mmHg") }, None),
        Some(true)
    );
    assert_eq!(meets(&pair, &of(Some(Component::Diastolic)), None), Some(false));
    assert_eq!(meets(&pair, &of(None), None), None);
}
