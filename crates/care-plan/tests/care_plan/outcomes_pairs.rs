//! Blood pressure as a pair, and readings that are one reading twice.

use care_plan::ConsolidatedPlan;
use care_plan::plan::{Outcome, Value as Found};
use serde_json::{Value, json};

use crate::support::{loinc, plan, plan_of, record};

const NOON: &str = "2026-05-04T12:05:00Z";

fn half(id: &str, code: &str, when: &str, value: u32) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc(code, "Blood pressure"),
        "effectiveDateTime": when, "valueQuantity": { "value": value, "unit": "mmHg", "code": "mm[Hg]" } })
}

fn high(id: &str, when: &str, value: u32) -> Value {
    half(id, "8480-6", when, value)
}

fn low(id: &str, when: &str, value: u32) -> Value {
    half(id, "8462-4", when, value)
}

fn panel(id: &str, when: &str, above: u32, below: u32) -> Value {
    let part = |code: &str, value: u32| json!({ "code": loinc(code, "part"), "valueQuantity": { "value": value, "unit": "mmHg" } });
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc("85354-9", "Blood pressure"),
        "effectiveDateTime": when, "component": [part("8480-6", above), part("8462-4", below)] })
}

/// The readings of each series as text: a copy in brackets.
fn told(plan: &ConsolidatedPlan) -> Vec<Vec<String>> {
    let said = |outcome: &Outcome| {
        let readings = outcome.readings.iter().map(|reading| {
            let value = match &reading.value {
                Found::Pair { high, low, .. } => format!("{high}/{low}"),
                Found::Quantity { text, .. } => text.clone(),
                other => format!("{other:?}"),
            };
            if reading.duplicate_of.is_some() { format!("({value})") } else { value }
        });
        readings.collect()
    };
    let mut all: Vec<Vec<String>> = plan.outcomes.iter().map(said).collect();
    all.sort();
    all
}

#[test]
fn two_halves_of_one_instant_are_a_pair_that_names_both() {
    let plan = plan_of(&[high("h", NOON, 131), low("l", NOON, 79)]);
    assert_eq!(told(&plan), [["131/79"]]);
    let reading = &plan.outcomes[0].readings[0];
    assert_eq!((reading.key.id.as_str(), reading.with.as_ref().map(|key| key.id.as_str())), ("h", Some("l")));
    assert_eq!(plan.outcomes[0].item.members.len(), 2);
}

#[test]
fn pairs_and_panels_are_one_series_over_all_sources() {
    let records = vec![
        record("a", &[high("h", NOON, 131), low("l", NOON, 79)]),
        record("b", &[panel("p", "2026-06-01", 142, 88)]),
        record("c", &[half("s", "8480-6", "2026-07-01T09:00:00+02:00", 128)]),
        record("d", &[half("d", "8462-4", "2026-07-01T07:00:00Z", 80)]),
    ];
    assert_eq!(told(&plan(records)), [["131/79", "142/88", "128/80"]]);
}

#[test]
fn halves_of_a_day_of_other_instants_or_of_several_candidates_stay_halves() {
    assert_eq!(told(&plan_of(&[high("h", "2026-05-04", 131), low("l", "2026-05-04", 79)])).len(), 2);
    assert_eq!(told(&plan_of(&[high("h", NOON, 131), low("l", "2026-05-04T12:06:00Z", 79)])).len(), 2);
    assert_eq!(told(&plan_of(&[high("h", NOON, 131), high("i", NOON, 140), low("l", NOON, 79)])).len(), 2);
    assert_eq!(told(&plan_of(&[high("h", "2026-05-04T12:05:00", 131), low("l", "2026-05-04T12:05:00", 79)])).len(), 2);
    let midnight = "2026-05-04T00:00:00-05:00";
    assert_eq!(told(&plan_of(&[high("h", midnight, 131), low("l", midnight, 79)])).len(), 2, "a day in disguise");
    let mut other_arm = low("l", NOON, 79);
    other_arm["bodySite"] = json!({ "text": "left arm" });
    let mut this_arm = high("h", NOON, 131);
    this_arm["bodySite"] = json!({ "text": "right arm" });
    assert_eq!(told(&plan_of(&[this_arm, other_arm])).len(), 2);
    let mut taken_back = low("l", NOON, 79);
    taken_back["status"] = json!("entered-in-error");
    assert_eq!(told(&plan_of(&[high("h", NOON, 131), taken_back])).len(), 2);
}

#[test]
fn a_panel_and_its_own_halves_are_one_reading() {
    let plan = plan_of(&[panel("p", NOON, 131, 79), high("x", NOON, 131), low("y", NOON, 79)]);
    assert_eq!(told(&plan), [["131/79", "(131/79)"]]);
    assert_eq!(plan.outcomes[0].standing().count(), 1);
}

#[test]
fn copies_of_both_halves_and_of_one_half_go_where_their_originals_go() {
    let copied = vec![
        record("a", &[high("h", NOON, 131), low("l", NOON, 79)]),
        record("b", &[high("h2", NOON, 131), low("l2", NOON, 79)]),
        record("c", &[high("h3", NOON, 131)]),
    ];
    assert_eq!(told(&plan(copied)), [["131/79", "(131/79)", "(131)"]]);
}

fn a1c(id: &str, when: &str, value: f64) -> Value {
    json!({ "resourceType": "Observation", "id": id, "status": "final", "code": loinc("4548-4", "A1c"),
        "effectiveDateTime": when, "valueQuantity": { "value": value, "unit": "%" } })
}

/// How many readings of two at two sources are shown.
fn shown(one: &Value, other: &Value) -> usize {
    let plan = plan(vec![record("a", std::slice::from_ref(one)), record("b", std::slice::from_ref(other))]);
    assert_eq!(plan.outcomes.iter().map(|outcome| outcome.readings.len()).sum::<usize>(), 2, "both stay members");
    plan.outcomes.iter().map(|outcome| outcome.standing().count()).sum()
}

#[test]
fn one_reading_at_two_places_is_shown_once_and_the_copy_is_named() {
    let records = vec![record("a", &[a1c("1", NOON, 7.2)]), record("b", &[a1c("2", "2026-05-04T14:05:00+02:00", 7.2)])];
    let outcome = plan(records).outcomes.remove(0);
    let copy = outcome.readings[1].duplicate_of.as_ref().map(ToString::to_string);
    assert_eq!((outcome.standing().count(), copy.as_deref()), (1, Some("a/Observation/1")));
    assert_eq!(outcome.item.members.len(), 2);
}

#[test]
fn an_equal_value_of_a_day_is_no_proof() {
    assert_eq!(shown(&a1c("1", "2026-05-04", 7.2), &a1c("2", "2026-05-04", 7.2)), 2);
    let midnight = "2026-05-04T00:00:00Z";
    assert_eq!(shown(&a1c("1", midnight, 7.2), &a1c("2", midnight, 7.2)), 2);
    let local = "2026-05-04T12:05:00";
    assert_eq!(shown(&a1c("1", local, 7.2), &a1c("2", local, 7.2)), 2, "a time of no zone is no instant");
}

#[test]
fn what_differs_in_code_time_value_unit_standing_or_circumstance_is_another_reading() {
    let base = a1c("1", NOON, 7.2);
    let with = |path: &str, value: Value| {
        let mut other = a1c("2", NOON, 7.2);
        *other.pointer_mut(path).expect("a field") = value;
        other
    };
    for (path, value) in [
        ("/code/coding/0/code", json!("17856-6")),
        ("/effectiveDateTime", json!("2026-05-04T12:05:01Z")),
        ("/valueQuantity/value", json!(7.3)),
        ("/valueQuantity/unit", json!("g/dL")),
        ("/status", json!("entered-in-error")),
    ] {
        let plan = plan(vec![record("a", std::slice::from_ref(&base)), record("b", &[with(path, value)])]);
        let copies =
            plan.outcomes.iter().flat_map(|outcome| &outcome.readings).filter(|reading| reading.duplicate_of.is_some());
        assert_eq!(copies.count(), 0, "{path}");
    }
    let said = |field: &str, one: Value, other: Value| {
        let (mut left, mut right) = (a1c("1", NOON, 7.2), a1c("2", NOON, 7.2));
        left[field] = one;
        right[field] = other;
        shown(&left, &right)
    };
    let by = |name: &str| json!([{ "display": name }]);
    assert_eq!(said("performer", by("Dr. Lee"), by("Dr. Ray")), 2);
    assert_eq!(said("performer", by("Dr. Lee"), by("dr. lee ")), 1);
    assert_eq!(said("performer", by("Dr. Lee"), json!([{ "reference": "Practitioner/1" }])), 1);
    let called = |value: &str| json!([{ "system": "urn:lab", "value": value }]);
    assert_eq!(said("identifier", called("1"), called("2")), 2, "two results of one moment");
    assert_eq!(said("method", json!({ "text": "HPLC" }), json!({ "text": "immunoassay" })), 2);
}

#[test]
fn one_business_identifier_is_proof_even_for_a_day_where_nothing_differs() {
    let with = |id: &str, value: f64, number: &str| {
        let mut reading = a1c(id, "2026-05-04", value);
        reading["identifier"] = json!([{ "system": "urn:lab", "value": number }]);
        reading
    };
    assert_eq!(shown(&with("1", 7.2, "17"), &with("2", 7.2, "17")), 1);
    assert_eq!(shown(&with("1", 7.2, "17"), &with("2", 7.4, "17")), 2, "a corrected value is another statement");
    assert_eq!(shown(&with("1", 7.2, "17"), &with("2", 7.2, "18")), 2);
    let mut accession = with("1", 7.2, "17");
    accession["identifier"][0]["type"] = json!({ "coding": [{ "code": "ACSN" }] });
    assert_eq!(shown(&accession, &with("2", 7.2, "17")), 2, "an accession number is shared by an order's results");
}

#[test]
fn a_copy_that_says_less_than_two_that_differ_belongs_to_neither() {
    let with = |id: &str, number: Option<&str>| {
        let mut reading = a1c(id, NOON, 7.2);
        if let Some(number) = number {
            reading["identifier"] = json!([{ "system": "urn:lab", "value": number }]);
        }
        reading
    };
    let plan = plan_of(&[with("1", Some("1")), with("2", Some("2")), with("3", None), with("4", Some("1"))]);
    assert_eq!(told(&plan), [["7.2", "7.2", "7.2", "(7.2)"]]);
}
