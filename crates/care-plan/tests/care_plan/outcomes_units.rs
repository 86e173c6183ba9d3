//! Units, sibling codes and codes as they come.

use care_plan::plan::{Outcome, Reading, Value as Found};
use serde_json::{Value, json};

use crate::support::{loinc, plan, plan_of, record};

/// A reading with a number; the JSON is read from text, so that its digits stay.
fn reading(id: &str, code: &str, when: &str, quantity: &str) -> Value {
    let quantity: Value = serde_json::from_str(quantity).expect("JSON");
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc(code, "measure"),
        "effectiveDateTime": when, "valueQuantity": quantity })
}

/// A number as it is written and as it is drawn.
fn told(reading: &Reading) -> String {
    let said = |value: &Found| match value {
        Found::Quantity { text, unit, .. } => format!("{text} {unit}"),
        other => format!("{other:?}"),
    };
    let converted = reading.converted.as_ref().map(|value| format!(" = {}", said(value))).unwrap_or_default();
    format!("{}{converted}", said(&reading.value))
}

fn only(resources: &[Value]) -> Outcome {
    let mut outcomes = plan_of(resources).outcomes;
    assert_eq!(outcomes.len(), 1, "{outcomes:#?}");
    outcomes.remove(0)
}

#[test]
fn a_reading_in_another_unit_keeps_its_own_and_says_what_it_was_converted_to() {
    let outcome = only(&[
        reading("1", "2345-7", "2026-01-01", r#"{"value":110,"unit":"mg/dL"}"#),
        reading("2", "14749-6", "2026-02-01", r#"{"value":5.6,"unit":"mmol/L"}"#),
        reading("3", "2345-7", "2026-03-01", r#"{"value":98,"unit":"mg/dl"}"#),
    ]);
    assert_eq!(outcome.unit, "mg/dL");
    let told: Vec<String> = outcome.readings.iter().map(told).collect();
    assert_eq!(told, ["110 mg/dL", "5.6 mmol/L = 101 mg/dL", "98 mg/dL"]);
}

#[test]
fn hba1c_of_both_standards_is_one_line() {
    let outcome = only(&[
        reading("1", "59261-8", "2026-01-01", r#"{"value":53,"code":"mmol/mol"}"#),
        reading("2", "4548-4", "2026-02-01", r#"{"value":6.80,"code":"%"}"#),
        reading("3", "17856-6", "2026-03-01", r#"{"value":7.2,"code":"%"}"#),
    ]);
    assert_eq!(outcome.readings.iter().map(told).collect::<Vec<_>>(), ["53 mmol/mol = 7.0 %", "6.80 %", "7.2 %"]);
    let methods: Vec<_> = outcome.readings.iter().map(|reading| reading.method.as_deref()).collect();
    assert_eq!(methods, [Some("IFCC"), None, Some("HPLC")]);
    assert_eq!(outcome.measure.as_deref(), Some("hba1c"));
}

#[test]
fn a_percent_beside_the_ifcc_code_is_not_drawn_with_the_others() {
    let outcomes = plan_of(&[
        reading("1", "59261-8", "2026-01-01", r#"{"value":5.3,"code":"%"}"#),
        reading("2", "4548-4", "2026-02-01", r#"{"value":6.8,"code":"%"}"#),
    ])
    .outcomes;
    assert_eq!(outcomes.len(), 2);
}

#[test]
fn weights_in_pounds_and_kilograms_are_one_line_in_the_unit_that_most_use() {
    let outcome = only(&[
        reading("1", "29463-7", "2026-01-01", r#"{"value":180,"unit":"Pounds","code":"[lb_av]"}"#),
        reading("2", "3141-9", "2026-02-01", r#"{"value":81,"unit":"kg"}"#),
        reading("3", "29463-7", "2026-03-01", r#"{"value":80.5,"unit":"kg"}"#),
    ]);
    assert_eq!(outcome.readings.iter().map(told).collect::<Vec<_>>(), ["180 Pounds = 81.6 kg", "81 kg", "80.5 kg"]);
}

#[test]
fn one_measure_in_other_units_has_one_id_however_many_readings_there_are() {
    let one = only(&[reading("1", "2345-7", "2026-01-01", r#"{"value":110,"unit":"mg/dL"}"#)]);
    let other = only(&[reading("9", "14749-6", "2026-02-01", r#"{"value":5.6,"unit":"mmol/L"}"#)]);
    assert_eq!(one.item.id, other.item.id);
}

#[test]
fn filtration_rates_by_several_equations_are_one_line_and_each_says_its_equation() {
    let outcome = only(&[
        reading("1", "33914-3", "2025-01-01", r#"{"value":52,"unit":"mL/min/1.73m2"}"#),
        reading("2", "98979-8", "2026-01-01", r#"{"value":55,"code":"mL/min/{1.73_m2}"}"#),
    ]);
    let methods: Vec<_> = outcome.readings.iter().map(|reading| reading.method.as_deref()).collect();
    assert_eq!(methods, [Some("MDRD"), Some("CKD-EPI 2021")]);
    let by_cystatin = reading("3", "50210-4", "2026-02-01", r#"{"value":60,"code":"mL/min/{1.73_m2}"}"#);
    let by_race = reading("4", "48643-1", "2026-02-01", r#"{"value":63,"code":"mL/min/{1.73_m2}"}"#);
    let creatinine = reading("1", "33914-3", "2025-01-01", r#"{"value":52,"unit":"mL/min/1.73m2"}"#);
    assert_eq!(plan_of(&[creatinine, by_cystatin, by_race]).outcomes.len(), 3);
}

#[test]
fn near_misses_stay_apart() {
    for (one, other, unit) in [
        ("2345-7", "1558-6", "mg/dL"),
        ("2345-7", "2339-0", "mg/dL"),
        ("2571-8", "3048-6", "mg/dL"),
        ("8867-4", "40443-4", "/min"),
        ("17861-6", "1995-0", "mg/dL"),
        ("39156-5", "59574-4", "%"),
    ] {
        let quantity = format!(r#"{{"value":100,"unit":"{unit}"}}"#);
        let outcomes =
            plan_of(&[reading("1", one, "2026-01-01", &quantity), reading("2", other, "2026-02-01", &quantity)])
                .outcomes;
        assert_eq!(outcomes.len(), 2, "{one} and {other}");
    }
}

#[test]
fn an_unknown_measure_converts_by_its_dimension_and_no_further() {
    let ferritin =
        |id: &str, unit: &str| reading(id, "2276-4", "2026-01-01", &format!(r#"{{"value":40,"unit":"{unit}"}}"#));
    assert_eq!(plan_of(&[ferritin("1", "ng/mL"), ferritin("2", "ug/L")]).outcomes.len(), 1);
    assert_eq!(plan_of(&[ferritin("1", "ng/mL"), ferritin("2", "pmol/L")]).outcomes.len(), 2);
    assert_eq!(plan_of(&[ferritin("1", "ng/mL"), ferritin("2", "mL")]).outcomes.len(), 2);
    assert_eq!(plan_of(&[ferritin("1", "ng/mL"), ferritin("2", "spoons")]).outcomes.len(), 2);
}

#[test]
fn a_value_whose_code_and_words_say_different_units_is_shown_with_both_and_joins_nothing() {
    let outcomes = plan_of(&[
        reading("1", "2345-7", "2026-01-01", r#"{"value":5.6,"unit":"mmol/L","code":"mg/dL"}"#),
        reading("2", "2345-7", "2026-02-01", r#"{"value":110,"unit":"mg/dL","code":"mg/dL"}"#),
    ])
    .outcomes;
    assert_eq!(outcomes.len(), 2);
    assert!(outcomes.iter().any(|outcome| told(&outcome.readings[0]) == "5.6 mmol/L (mg/dL)"));
    // What the measure cannot have is a slip of the pen.
    let weight = only(&[reading("1", "29463-7", "2026-01-01", r#"{"value":70,"unit":"mmHg","code":"kg"}"#)]);
    assert_eq!(told(&weight.readings[0]), "70 kg");
}

#[test]
fn a_value_that_only_says_less_keeps_its_comparator() {
    let outcome = only(&[
        reading("1", "3016-3", "2026-01-01", r#"{"value":0.02,"unit":"mIU/L"}"#),
        reading("2", "3016-3", "2026-02-01", r#"{"value":0.01,"comparator":"<","unit":"mIU/L"}"#),
    ]);
    let Found::Quantity { text, comparator, .. } = &outcome.readings[1].value else { panic!("a number") };
    assert_eq!((text.as_str(), comparator.as_deref()), ("<0.01", Some("<")));
    assert_eq!(outcome.facts().expect("two values").direction, None, "less than a number is no number");
}

#[test]
fn codes_are_known_however_their_system_is_written() {
    let with = |id: &str, system: &str| {
        let mut reading = reading(id, "4548-4", "2026-01-01", r#"{"value":7,"unit":"%"}"#);
        reading["code"]["coding"][0]["system"] = json!(system);
        reading
    };
    let systems = ["http://loinc.org", "urn:oid:2.16.840.1.113883.6.1", "2.16.840.1.113883.6.1", "https://loinc.org/"];
    let all: Vec<Value> = systems.iter().enumerate().map(|(at, system)| with(&at.to_string(), system)).collect();
    assert_eq!(only(&all).readings.len(), 4);
}

#[test]
fn a_code_without_a_display_and_a_local_one_are_measures_of_their_own() {
    let local = json!({ "resourceType": "Observation", "id": "1", "code": { "coding": [{ "system": "urn:oid:1.2.840.114350.1.13", "code": "7585" }] },
        "valueQuantity": { "value": 4, "unit": "mmol/L" } });
    let other = json!({ "resourceType": "Observation", "id": "2", "code": { "coding": [{ "code": "7585" }], "text": "Potassium" },
        "valueQuantity": { "value": 4, "unit": "mmol/L" } });
    let plan = plan(vec![record("a", &[local]), record("b", &[other])]);
    let titles: Vec<&str> = plan.outcomes.iter().map(|outcome| outcome.item.title.as_str()).collect();
    assert_eq!(titles, ["7585", "Potassium"]);
}
