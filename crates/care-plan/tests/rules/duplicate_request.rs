//! Duplicate request.

use care_plan::plan::{IssueCode, Settlement};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{dosage, issues, one, order, record, silent, snomed, told, two, with};

const CODE: IssueCode = IssueCode::DuplicateRequest;
const METFORMIN: &str = "metformin hydrochloride 500 MG Oral Tablet";

fn service(id: &str, fields: Value) -> Value {
    let own = json!({ "resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "order",
        "authoredOn": "2026-10-01", "code": snomed("91251008", "Physical therapy") });
    with(own, fields)
}

fn bounded(start: &str, end: &str) -> Value {
    json!({ "dosageInstruction": [{ "timing": { "repeat": { "boundsPeriod": { "start": start, "end": end } } } }] })
}

#[test]
fn the_same_medication_ordered_by_two_records_is_told_and_only_the_prescriber_is_asked() {
    let issue = one(CODE, two(order("m1", METFORMIN, json!({})), order("m2", METFORMIN, json!({}))));
    assert!(told(&issue).starts_with("moderate\na/MedicationRequest/m1"), "{}", told(&issue));
    assert!(issue.settle.iter().any(|edit| matches!(edit, Settlement::AskPrescriber { about } if about.len() == 2)));
    assert!(
        !issue.settle.iter().any(|edit| matches!(edit, Settlement::Change { .. } | Settlement::Adopt { .. })),
        "invariant 9"
    );
}

#[test]
fn a_service_asked_for_twice_is_told_also_in_one_record() {
    let issue = one(CODE, two(service("s1", json!({})), service("s2", json!({}))));
    assert!(told(&issue).starts_with("low"));
    one(CODE, vec![record("a", &[service("s1", json!({})), service("s2", json!({}))])]);
}

#[test]
fn a_renewal_a_copy_and_an_order_for_a_plan_are_no_duplicates() {
    let renewed = order("m2", METFORMIN, json!({ "priorPrescription": { "reference": "MedicationRequest/m1" } }));
    silent(CODE, vec![record("a", &[order("m1", METFORMIN, json!({})), renewed])]);
    let numbered = |id| service(id, json!({ "identifier": [{ "system": "urn:orders", "value": "17" }] }));
    silent(CODE, two(numbered("s1"), numbered("s2")));
    silent(CODE, two(service("s1", json!({ "intent": "plan" })), service("s2", json!({}))));
    let based = service("s2", json!({ "basedOn": [{ "reference": "ServiceRequest/s1" }] }));
    silent(CODE, vec![record("a", &[service("s1", json!({})), based])]);
    silent(CODE, two(service("s1", json!({ "status": "completed" })), service("s2", json!({}))));
}

#[test]
fn different_occurrence_times_and_another_season_are_different_requests() {
    let at = |id, day| service(id, json!({ "occurrenceDateTime": day }));
    silent(CODE, two(at("s1", "2026-12-01"), at("s2", "2027-03-01")));
    one(CODE, two(at("s1", "2026-12-01"), at("s2", "2026-12")));
    silent(CODE, two(service("s1", json!({ "authoredOn": "2025-10-01" })), service("s2", json!({}))));
}

#[test]
fn courses_one_after_the_other_are_history_in_one_record_and_less_grave_in_two() {
    let first = || order("m1", METFORMIN, bounded("2018-10-15", "2019-01-31"));
    let second = || order("m2", METFORMIN, bounded("2019-04-20", "2019-06-30"));
    silent(CODE, vec![record("a", &[first(), second()])]);
    assert!(told(&one(CODE, two(first(), second()))).starts_with("low"), "each record holds its own to be taken");
}

#[test]
fn what_the_dose_rule_tells_is_not_told_twice() {
    let dosed = |id, text| order(id, METFORMIN, json!({ "dosageInstruction": dosage(text) }));
    silent(CODE, two(dosed("m1", "1 tablet daily"), dosed("m2", "2 tablets daily")));
    one(CODE, two(dosed("m1", "1 tablet daily"), dosed("m2", "Take one tablet every day")));
}

#[test]
fn a_service_is_one_of_its_own_after_three_months() {
    let on = |id, day| service(id, json!({ "authoredOn": day }));
    one(CODE, two(on("s1", "2026-01-01"), on("s2", "2026-04-01")));
    silent(CODE, two(on("s1", "2026-01-01"), on("s2", "2026-04-02")));
}

#[test]
fn times_are_read_in_all_forms_that_a_request_has() {
    for (first, second) in [
        (
            json!({ "occurrencePeriod": { "end": "2026-06-01" } }),
            json!({ "occurrencePeriod": { "start": "2026-06-02" } }),
        ),
        (
            json!({ "occurrenceTiming": { "event": ["2026-06-01", "2026-06-03"] } }),
            json!({ "occurrenceDateTime": "2026-06-04" }),
        ),
        (
            json!({ "occurrenceTiming": { "repeat": { "boundsPeriod": { "start": "2026-01", "end": "2026-03" } } } }),
            json!({ "occurrenceTiming": { "repeat": { "boundsPeriod": { "start": "2026-04" } } } }),
        ),
    ] {
        silent(CODE, two(service("s1", first.clone()), service("s2", second.clone())));
        silent(CODE, two(service("s1", second.clone()), service("s2", first.clone())));
        one(CODE, two(service("s1", first.clone()), service("s2", first)));
    }
}

#[test]
fn a_renewal_is_known_by_an_address_from_elsewhere_and_a_reference_from_elsewhere_is_not() {
    let renewed = |to: &str| order("m2", METFORMIN, json!({ "priorPrescription": { "reference": to } }));
    silent(CODE, two(order("m1", METFORMIN, json!({})), renewed("https://a.example/fhir/MedicationRequest/m1")));
    one(CODE, two(order("m1", METFORMIN, json!({})), renewed("MedicationRequest/m1")));
    one(CODE, two(order("m1", METFORMIN, json!({})), renewed("https://a.example/fhir/MedicationRequest/m9")));
    let replaced = service("s2", json!({ "replaces": [{ "reference": "ServiceRequest/s1" }] }));
    silent(CODE, vec![record("a", &[service("s1", json!({})), replaced])]);
}

#[test]
fn a_draft_and_what_the_person_says_to_take_are_no_orders() {
    silent(CODE, two(service("s1", json!({ "status": "draft" })), service("s2", json!({}))));
    let says = json!({ "resourceType": "MedicationStatement", "id": "m2", "status": "active",
        "medicationCodeableConcept": crate::support::rxnorm(&format!("of {METFORMIN}"), METFORMIN) });
    silent(CODE, two(order("m1", METFORMIN, json!({})), says));
    silent(CODE, two(order("m1", METFORMIN, json!({ "intent": "proposal" })), order("m2", METFORMIN, json!({}))));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn many_orders_of_one_thing_are_one_issue_in_whatever_records(sources in prop::collection::vec(0_u8..3, 1..6)) {
        let of = |source: u8| {
            let own = sources.iter().enumerate().filter(|(_, other)| **other == source);
            let own: Vec<Value> = own.map(|(at, _)| order(&format!("m{at}"), METFORMIN, json!({}))).collect();
            record(&format!("s{source}"), &own)
        };
        let found = issues(CODE, (0..3).map(of).collect());
        prop_assert_eq!(found.len(), usize::from(sources.len() > 1));
        prop_assert!(found.iter().all(|issue| issue.sides.len() == sources.len()));
        prop_assert_eq!(issues(CODE, (0..3).rev().map(of).collect()), found);
    }
}
