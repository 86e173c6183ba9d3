//! Series of readings.

use care_plan::plan::{Evidence, Outcome, Value as Found};
use serde_json::{Value, json};

use crate::support::{loinc, plan, plan_of, record};

fn a1c(id: &str, when: &str, value: Value) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc("4548-4", "Hemoglobin A1c"),
        "effectiveDateTime": when, "valueQuantity": value })
}

fn value(mut observation: Value) -> Found {
    observation["resourceType"] = json!("Observation");
    observation["id"] = json!("1");
    plan_of(&[observation]).outcomes.remove(0).readings.remove(0).value
}

fn texts(outcome: &Outcome) -> Vec<String> {
    outcome
        .readings
        .iter()
        .map(|reading| {
            if let Found::Quantity { text, .. } = &reading.value {
                text.clone()
            } else {
                format!("{:?}", reading.value)
            }
        })
        .collect()
}

#[test]
fn readings_of_one_measure_are_one_series_over_all_sources_oldest_first() {
    // Read from text, as a record is: a number literal of Rust would lose its last digit.
    let written = serde_json::from_str(r#"{"value":7.10,"unit":"%"}"#).expect("JSON");
    let here = [a1c("1", "2026-03-01", written), a1c("2", "2025-01-01", json!({ "value": 8.0, "code": "%" }))];
    let mut there = a1c("1", "2026-01", json!({ "value": 7.4, "unit": "percent", "comparator": "<" }));
    there["code"]["coding"][0]["system"] = json!("urn:oid:2.16.840.1.113883.6.1");
    let outcomes = plan(vec![record("a", &here), record("b", &[there])]).outcomes;
    assert_eq!(outcomes.len(), 1);
    assert_eq!(texts(&outcomes[0]), ["8.0", "<7.4", "7.10"]);
    assert_eq!(outcomes[0].item.because, [Evidence::SameMeasure]);
    let keys: Vec<String> = outcomes[0].readings.iter().map(|reading| reading.key.to_string()).collect();
    assert_eq!(keys, ["a/Observation/2", "b/Observation/1", "a/Observation/1"]);
}

#[test]
fn one_unit_has_one_spelling_within_a_series() {
    let bp = |id: &str, unit: &str| {
        json!({ "resourceType": "Observation", "id": id, "code": loinc("8480-6", "Systolic"),
        "valueQuantity": { "value": 120, "unit": unit } })
    };
    let goal = json!({ "resourceType": "Goal", "id": "g", "target": [
        { "measure": loinc("8480-6", "Systolic"), "detailQuantity": { "value": 130, "comparator": "<", "unit": "mm[Hg]" } }] });
    let plan = plan_of(&[bp("1", "mm[Hg]"), bp("2", "mmHg"), bp("3", "mmHg"), goal]);
    let units: Vec<&str> = plan.outcomes[0]
        .readings
        .iter()
        .filter_map(
            |reading| if let Found::Quantity { unit, .. } = &reading.value { Some(unit.as_str()) } else { None },
        )
        .collect();
    assert_eq!(units, ["mmHg"; 3]);
    assert_eq!(plan.outcomes[0].targets[0].band.unit, "mmHg");
}

#[test]
fn readings_whose_units_do_not_convert_are_different_series() {
    let outcomes = plan_of(&[
        a1c("1", "2026-01-01", json!({ "value": 7, "unit": "%" })),
        a1c("2", "2026-02-01", json!({ "value": 7.2, "unit": "g/dL" })),
    ])
    .outcomes;
    let titles: Vec<&str> = outcomes.iter().map(|outcome| outcome.item.title.as_str()).collect();
    assert_eq!(titles, ["Hemoglobin A1c (g/dL)", "Hemoglobin A1c (%)"]);
}

#[test]
fn a_reading_without_a_value_keeps_its_place_and_its_reason() {
    let mut absent = a1c("2", "2026-02-01", Value::Null);
    absent["dataAbsentReason"] = json!({ "coding": [{ "code": "not-performed", "display": "Not performed" }] });
    let outcomes = plan_of(&[a1c("1", "2026-01-01", json!({ "value": 7, "unit": "%" })), absent]).outcomes;
    assert_eq!(outcomes.len(), 1);
    assert_eq!(outcomes[0].readings[1].value, Found::Absent(Some("Not performed".into())));
}

#[test]
fn words_alone_never_join() {
    let walk = |id: &str| json!({ "resourceType": "Observation", "id": id, "code": { "text": "Steps" }, "valueInteger": 4000 });
    assert_eq!(plan_of(&[walk("1"), walk("2")]).outcomes.len(), 2);
}

#[test]
fn a_local_code_beside_a_standard_one_does_not_join_different_measures() {
    let lab = |id: &str, code: &str| {
        json!({ "resourceType": "Observation", "id": id, "code": { "coding": [
        { "system": "urn:local", "code": "LAB" }, { "system": "http://loinc.org", "code": code }] },
        "valueQuantity": { "value": 4, "unit": "mmol/L" } })
    };
    assert_eq!(plan_of(&[lab("k", "2823-3"), lab("na", "2951-2")]).outcomes.len(), 2);
}

/// A reading with a LOINC code and the source's own code beside it.
fn home(id: &str, own: &str, label: &str, value: u32) -> Value {
    json!({ "resourceType": "Observation", "id": id, "effectiveDateTime": "2026-01-01T08:00:00Z",
        "code": { "coding": [{ "system": "urn:own", "code": own }, { "system": "http://loinc.org", "code": "72076-3" }], "text": label },
        "valueQuantity": { "value": value } })
}

#[test]
fn measures_that_a_source_tells_apart_by_its_own_code_are_not_one_line() {
    let readings = [
        home("1", "7585", "BP systolic", 140),
        home("2", "7586", "BP diastolic", 90),
        home("3", "7585", "BP systolic", 138),
    ];
    let elsewhere = json!({ "resourceType": "Observation", "id": "1", "code": loinc("72076-3", "BP"), "valueQuantity": { "value": 100 } });
    let outcomes = plan(vec![record("a", &readings), record("b", &[elsewhere])]).outcomes;
    let mut told: Vec<_> =
        outcomes.iter().map(|outcome| (outcome.item.title.as_str(), outcome.readings.len())).collect();
    told.sort_unstable();
    assert_eq!(told, [("BP", 1), ("BP diastolic", 1), ("BP systolic", 2)]);
}

#[test]
fn systolic_and_diastolic_readings_that_lie_at_two_places_are_not_one_line() {
    let (systolic, diastolic) = (home("1", "7585", "BP systolic", 140), home("2", "7586", "BP diastolic", 90));
    let outcomes = plan(vec![record("a", &[systolic]), record("b", &[diastolic])]).outcomes;
    assert_eq!(outcomes.iter().map(|outcome| outcome.readings.len()).collect::<Vec<_>>(), [1, 1]);
}

#[test]
fn a_laboratory_that_changed_its_own_code_still_measures_the_same() {
    assert_eq!(plan_of(&[home("1", "old", "Glucose", 5), home("2", "new", "Glucose", 6)]).outcomes.len(), 1);
}

#[test]
fn a_blood_pressure_is_a_pair() {
    let panel = json!({ "code": loinc("85354-9", "Blood pressure"), "component": [
        { "code": loinc("8462-4", "Diastolic"), "valueQuantity": { "value": 79, "unit": "mmHg", "code": "mm[Hg]" } },
        { "code": loinc("8480-6", "Systolic"), "valueQuantity": { "value": 131, "unit": "mmHg", "code": "mm[Hg]" } }] });
    assert_eq!(value(panel), Found::Pair { high: 131.into(), low: 79.into(), unit: "mmHg".into() });
}

#[test]
fn half_a_blood_pressure_is_told_in_words() {
    let half = json!({ "code": loinc("85354-9", "Blood pressure"), "component": [
        { "code": loinc("8480-6", "Systolic"), "valueQuantity": { "value": 131, "unit": "mmHg" } },
        { "code": loinc("8462-4", "Diastolic"), "dataAbsentReason": { "text": "unknown" } }] });
    assert_eq!(value(half), Found::Text("Systolic: 131 mmHg; Diastolic: unknown".into()));
}

#[test]
fn every_kind_of_value_says_something() {
    let said = |field: &str, of: Value| value(json!({ "code": { "text": "x" }, field: of }));
    assert_eq!(said("valueString", json!("never smoked")), Found::Text("never smoked".into()));
    assert_eq!(
        said("valueCodeableConcept", json!({ "coding": [{ "display": "Homeless" }] })),
        Found::Text("Homeless".into())
    );
    assert_eq!(said("valueBoolean", json!(false)), Found::Text("No".into()));
    assert_eq!(
        said("valueInteger", json!(12)),
        Found::Quantity { text: "12".into(), number: 12.into(), comparator: None, unit: String::new() }
    );
    assert_eq!(
        said("valueRange", json!({ "low": { "value": 1 }, "high": { "value": 2, "unit": "h" } })),
        Found::Text("1 to 2 h".into())
    );
    assert_eq!(said("valueDateTime", json!("2026-02")), Found::Text("2026-02".into()));
    assert_eq!(said("valueTime", json!("07:30:00")), Found::Text("07:30:00".into()));
    assert_eq!(
        said("valueRatio", json!({ "numerator": { "value": 1 }, "denominator": { "value": 128 } })),
        Found::Text("1 : 128".into())
    );
    assert_eq!(said("valuePeriod", json!({ "start": "2026-01-01" })), Found::Text("from 2026-01-01".into()));
    assert_eq!(said("valueSampledData", json!({ "data": "1 2" })), Found::Text("waveform".into()));
    assert_eq!(said("valueQuantity", json!({ "unit": "%" })), Found::Absent(None));
    let huge = said("valueQuantity", json!({ "value": serde_json::from_str::<Value>("1e400").expect("JSON") }));
    assert!(matches!(huge, Found::Text(text) if text.contains('e')));
}

#[test]
fn a_panel_without_a_value_names_its_members() {
    let outcomes = plan_of(&[
        json!({ "resourceType": "Observation", "id": "p", "code": loinc("24323-8", "Panel"), "hasMember": [{ "reference": "Observation/1" }, { "display": "Calcium" }] }),
        a1c("1", "2026-01-01", json!({ "value": 7 })),
    ])
    .outcomes;
    let panel = outcomes.iter().find(|outcome| outcome.item.title == "Panel").expect("the panel");
    assert_eq!(panel.readings[0].value, Found::Text("Hemoglobin A1c, Calcium".into()));
}

#[test]
fn a_target_is_drawn_on_the_series_of_its_measure_and_unit() {
    let goal = |id: &str, unit: &str| {
        json!({ "resourceType": "Goal", "id": id, "target": [
        { "measure": loinc("4548-4", "A1c"), "detailQuantity": { "value": 7, "comparator": "<", "unit": unit } }] })
    };
    let records = vec![
        record("a", &[goal("g", "%"), goal("h", "g/dL")]),
        record("b", &[a1c("1", "2026-01-01", json!({ "value": 7, "unit": "%" }))]),
    ];
    let plan = plan(records);
    assert_eq!(plan.outcomes[0].targets.len(), 1);
    let measured: Vec<_> = plan
        .goals
        .iter()
        .filter(|goal| goal.measure.is_some())
        .map(|goal| goal.item.members[0].key.id.as_str())
        .collect();
    assert_eq!(measured, ["g"]);
}

#[test]
fn a_systolic_target_finds_the_blood_pressure() {
    let bp = json!({ "resourceType": "Observation", "id": "bp", "code": loinc("85354-9", "Blood pressure"), "component": [
        { "code": loinc("8462-4", "Diastolic"), "valueQuantity": { "value": 79, "unit": "mmHg" } },
        { "code": loinc("8480-6", "Systolic"), "valueQuantity": { "value": 131, "unit": "mmHg" } }] });
    let goal = json!({ "resourceType": "Goal", "id": "g", "target": [
        { "measure": loinc("8480-6", "Systolic"), "detailQuantity": { "value": 130, "comparator": "<", "unit": "mm[Hg]" } }] });
    let plan = plan_of(&[bp, goal]);
    assert_eq!(plan.goals[0].measure.as_ref(), Some(&plan.outcomes[0].item.id));
}

#[test]
fn what_the_patient_measured_is_marked() {
    let mut own = a1c("1", "2026-01-01", json!({ "value": 7 }));
    own["performer"] = json!([{ "reference": "Patient/p" }]);
    assert!(plan_of(&[own]).outcomes[0].patient_reported);
}

#[test]
fn interpretation_and_status_are_kept() {
    let mut high = a1c("1", "2026-01-01", json!({ "value": 9 }));
    high["interpretation"] = json!([{ "coding": [{ "code": "H" }] }]);
    high["status"] = json!("entered-in-error");
    let reading = plan_of(&[high]).outcomes.remove(0).readings.remove(0);
    assert_eq!(
        (reading.interpretation.as_deref(), reading.status.as_deref(), reading.stands()),
        (Some("H"), Some("entered-in-error"), false)
    );
}

#[test]
fn how_a_unit_is_spelled_hung_on_which_of_two_copies_came_from_the_first_source() {
    let copy = |id: &str, unit: &str| {
        json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc("8867-4", "Heart rate"),
            "effectiveDateTime": "2026-01-01T08:30:00Z", "performer": [{ "display": "Dr. Ray" }],
            "valueQuantity": { "value": 71, "unit": unit, "system": "http://unitsofmeasure.org", "code": "/min" } })
    };
    let spelled = |first: &str, second: &str| {
        let plan = plan(vec![record(first, &[copy("1", "beats/min")]), record(second, &[copy("2", "/min")])]);
        assert_eq!(plan.outcomes[0].standing().count(), 1, "one is a copy of the other");
        plan.outcomes[0].unit.clone()
    };
    assert_eq!(spelled("a", "b"), spelled("b", "a"));
}

#[test]
fn a_code_of_its_own_that_one_laboratory_adds_makes_no_other_measure() {
    let ferritin = |id: &str, coding: Value| {
        json!({ "resourceType": "Observation", "id": id, "code": { "coding": coding, "text": "Ferritin" },
            "effectiveDateTime": "2026-01-01T08:00:00Z", "valueQuantity": { "value": 40, "unit": "ng/mL" } })
    };
    let standard = json!({ "system": "http://loinc.org", "code": "2276-4" });
    let own = json!({ "system": "urn:own", "code": "FERR" });
    let records =
        vec![record("a", &[ferritin("1", json!([standard, own]))]), record("b", &[ferritin("1", json!([standard]))])];
    assert_eq!(plan(records).outcomes.len(), 1);
}

#[test]
fn a_unit_is_spelled_as_most_readings_spell_it() {
    let rate = |id: &str, unit: &str| {
        json!({ "resourceType": "Observation", "id": id, "code": loinc("8480-6", "Systolic"),
            "valueQuantity": { "value": 120, "unit": unit } })
    };
    let spelled = |units: [&str; 3]| {
        let readings: Vec<Value> = units.iter().enumerate().map(|(at, unit)| rate(&at.to_string(), unit)).collect();
        plan_of(&readings).outcomes[0].unit.clone()
    };
    assert_eq!(spelled(["mm[Hg]", "mmHg", "mm[Hg]"]), "mm[Hg]");
    assert_eq!(spelled(["mm[Hg]", "mmHg", "mmHg"]), "mmHg");
}
