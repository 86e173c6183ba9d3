//! Medication against a measured limit.

use care_plan::plan::{IssueCode, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{fact, issues, one, order, reading, record, sides_say, silent, told, with};

const CODE: IssueCode = IssueCode::MedicationAgainstMeasure;
const EGFR: &str = "98979-8";
const POTASSIUM: &str = "2823-3";
const FILTRATION: &str = "mL/min/{1.73_m2}";

fn against(medication: &str, readings: &[Value]) -> Vec<care_plan::snapshot::Record> {
    vec![record("a", &[order("m", medication, json!({ "authoredOn": "2020-01-01" }))]), record("b", readings)]
}

fn filtration(value: f64) -> Value {
    reading("r", EGFR, value, FILTRATION, "2026-10-01T08:00:00Z")
}

fn potassium(value: f64) -> Value {
    reading("r", POTASSIUM, value, "mmol/L", "2026-10-01T08:00:00Z")
}

#[test]
fn metformin_with_a_filtration_rate_below_30_is_grave_and_says_who_says_so() {
    let issue = one(CODE, against("metformin 500 MG Oral Tablet", &[filtration(28.0)]));
    assert!(told(&issue).starts_with("high"), "{}", told(&issue));
    assert_eq!(fact(&issue, "limit").as_deref(), Some("below 30 mL/min/{1.73_m2}"));
    assert!(fact(&issue, "guidance").is_some_and(|source| source.contains("FDA")));
    assert_eq!(issue.sides.len(), 2, "the order and the reading");
}

#[test]
fn each_row_has_its_limit() {
    for (medication, reading, severity) in [
        ("metformin 500 MG Oral Tablet", filtration(29.9), Some(Severity::High)),
        ("metformin 500 MG Oral Tablet", filtration(30.0), Some(Severity::Low)),
        ("metformin 500 MG Oral Tablet", filtration(45.0), None),
        ("Naproxen sodium 220 MG Oral Tablet", filtration(29.0), Some(Severity::High)),
        ("Naproxen sodium 220 MG Oral Tablet", filtration(30.0), None),
        ("aspirin 81 MG Oral Tablet", filtration(20.0), None),
        ("acetaminophen 325 MG Oral Tablet", filtration(20.0), None),
        ("spironolactone 25 MG Oral Tablet", potassium(5.6), Some(Severity::High)),
        ("spironolactone 25 MG Oral Tablet", potassium(5.5), Some(Severity::Low)),
        ("eplerenone 25 MG Oral Tablet", potassium(5.0), None),
        ("potassium chloride 20 MEQ Extended Release Oral Tablet", potassium(5.1), Some(Severity::Moderate)),
        ("potassium chloride 20 MEQ Extended Release Oral Tablet", potassium(5.6), Some(Severity::High)),
        ("losartan potassium 50 MG Oral Tablet", potassium(5.1), None),
        ("losartan potassium 50 MG Oral Tablet", potassium(5.6), Some(Severity::Moderate)),
        ("lisinopril 10 MG Oral Tablet", potassium(6.0), Some(Severity::High)),
        ("lisinopril 10 MG Oral Tablet", potassium(5.5), None),
        ("digoxin 0.125 MG Oral Tablet", potassium(3.4), Some(Severity::Moderate)),
        ("digoxin 0.125 MG Oral Tablet", potassium(2.9), Some(Severity::High)),
        ("digoxin 0.125 MG Oral Tablet", potassium(3.5), None),
        ("canagliflozin 100 MG Oral Tablet", filtration(29.0), Some(Severity::Low)),
        ("dapagliflozin 10 MG Oral Tablet", filtration(24.0), Some(Severity::Low)),
        ("dapagliflozin 10 MG Oral Tablet", filtration(25.0), None),
        ("nitrofurantoin, macrocrystals 50 MG Oral Capsule", filtration(29.0), Some(Severity::Moderate)),
        ("Alendronic acid 10 MG Oral Tablet", filtration(34.0), Some(Severity::Moderate)),
        ("Alendronic acid 10 MG Oral Tablet", filtration(35.0), None),
    ] {
        let found = issues(CODE, against(medication, std::slice::from_ref(&reading)));
        let worst = found.iter().map(|issue| issue.severity).min();
        assert_eq!(worst, severity, "{medication} with {}", reading["valueQuantity"]);
    }
}

#[test]
fn who_begins_after_the_reading_is_told_with_more_weight() {
    let begun = order("m", "metformin 500 MG Oral Tablet", json!({ "authoredOn": "2026-11-01" }));
    assert_eq!(one(CODE, vec![record("a", &[begun]), record("b", &[filtration(40.0)])]).severity, Severity::Moderate);
}

#[test]
fn only_the_newest_reading_that_stands_counts() {
    let metformin = "metformin 500 MG Oral Tablet";
    let older = |value| reading("o", EGFR, value, FILTRATION, "2026-01-01T08:00:00Z");
    silent(CODE, against(metformin, &[older(20.0), filtration(60.0)]));
    one(CODE, against(metformin, &[older(60.0), filtration(20.0)]));
    let in_error = with(filtration(20.0), json!({ "status": "entered-in-error" }));
    silent(CODE, against(metformin, &[older(60.0), in_error]));
}

#[test]
fn an_old_reading_says_so_and_weighs_less() {
    let old = reading("r", EGFR, 20.0, FILTRATION, "2024-10-01T08:00:00Z");
    let issue = one(CODE, against("metformin 500 MG Oral Tablet", &[old]));
    assert_eq!((issue.severity, fact(&issue, "stale").is_some()), (Severity::Moderate, true));
    let edge = reading("r", EGFR, 20.0, FILTRATION, "2025-11-21");
    assert_eq!(one(CODE, against("metformin 500 MG Oral Tablet", &[edge])).severity, Severity::High);
}

#[test]
fn units_are_converted_and_a_comparator_that_leaves_it_open_is_silent() {
    let equivalents = reading("r", POTASSIUM, 5.8, "meq/L", "2026-10-01T08:00:00Z");
    one(CODE, against("spironolactone 25 MG Oral Tablet", &[equivalents]));
    let mut below_60 = filtration(60.0);
    below_60["valueQuantity"]["comparator"] = Value::from("<");
    silent(CODE, against("metformin 500 MG Oral Tablet", &[below_60]));
    let unknown = reading("r", POTASSIUM, 5.8, "furlong", "2026-10-01T08:00:00Z");
    silent(CODE, against("spironolactone 25 MG Oral Tablet", &[unknown]));
}

#[test]
fn what_acts_in_its_place_is_on_hold_or_over_stays_silent() {
    silent(CODE, against("diclofenac 10 MG/ML Topical Gel", &[filtration(20.0)]));
    for status in ["on-hold", "stopped", "completed"] {
        let taken = order("m", "metformin 500 MG Oral Tablet", json!({ "status": status }));
        silent(CODE, vec![record("a", &[taken]), record("b", &[filtration(20.0)])]);
    }
}

#[test]
fn several_medicines_of_one_row_are_one_issue() {
    let orders = [
        order("m", "Naproxen sodium 220 MG Oral Tablet", json!({})),
        order("n", "Ibuprofen 600 MG Oral Tablet", json!({})),
    ];
    let issue = one(CODE, vec![record("a", &orders), record("b", &[filtration(20.0)])]);
    assert_eq!((issue.sides.len(), issue.items.len()), (3, 3));
}

#[test]
fn a_reading_without_a_date_is_old_for_nobody_knows() {
    let mut undated = filtration(20.0);
    undated.as_object_mut().expect("an object").remove("effectiveDateTime");
    let issue = one(CODE, against("metformin 500 MG Oral Tablet", &[undated]));
    assert_eq!((issue.severity, fact(&issue, "stale").is_some()), (Severity::Moderate, true));
    assert_eq!(fact(&one(CODE, against("metformin 500 MG Oral Tablet", &[filtration(20.0)])), "stale"), None);
}

#[test]
fn the_day_after_a_year_is_too_old_and_who_takes_it_longer_does_not_begin() {
    let day_too_old = reading("r", EGFR, 20.0, FILTRATION, "2025-11-20");
    assert_eq!(one(CODE, against("metformin 500 MG Oral Tablet", &[day_too_old])).severity, Severity::Moderate);
    let taken = [
        order("m", "metformin 500 MG Oral Tablet", json!({ "authoredOn": "2026-11-01" })),
        order("n", "metformin 500 MG Oral Tablet", json!({ "authoredOn": "2020-11-01", "status": "completed" })),
    ];
    assert_eq!(one(CODE, vec![record("a", &taken), record("b", &[filtration(40.0)])]).severity, Severity::Low);
}

#[test]
fn the_reading_is_told_with_its_unit() {
    let issue = one(CODE, against("metformin 500 MG Oral Tablet", &[filtration(28.0)]));
    assert_eq!(sides_say(&issue, "value"), [None, Some("28.0 mL/min/{1.73_m2}".to_owned())]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn a_higher_filtration_rate_is_never_graver(one in 5_u32..90, more in 0_u32..60) {
        let weight = |value: u32| {
            let found = issues(CODE, against("metformin 500 MG Oral Tablet", &[filtration(f64::from(value))]));
            found.first().map_or(3, |issue| issue.severity as u8)
        };
        prop_assert!(weight(one) <= weight(one + more));
    }
}
