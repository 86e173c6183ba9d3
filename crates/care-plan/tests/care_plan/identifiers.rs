//! One identifier: proof that resources are one thing, unless they contradict each other. Where they lie says nothing.

use care_plan::plan::ConsolidatedPlan;
use serde_json::{Value, json};

use crate::support::{items, plan, record};

fn numbered(kind: &str, id: &str, more: Value) -> Value {
    let mut resource =
        json!({ "resourceType": kind, "id": id, "identifier": [{ "system": "urn:hie", "value": "77" }] });
    resource.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    resource
}

fn snomed(code: &str) -> Value {
    json!({ "coding": [{ "system": "http://snomed.info/sct", "code": code }] })
}

fn condition(id: &str, code: &Value) -> Value {
    numbered("Condition", id, json!({ "code": code }))
}

fn goal(id: &str, words: &str) -> Value {
    numbered("Goal", id, json!({ "lifecycleStatus": "active", "description": { "text": words } }))
}

fn procedure(id: &str, day: &str) -> Value {
    numbered("Procedure", id, json!({ "status": "completed", "code": snomed("265764009"), "performedDateTime": day }))
}

/// The ids that are together, whatever their sources.
fn together(plan: &ConsolidatedPlan) -> Vec<Vec<String>> {
    let ids = |members: &[care_plan::plan::Member]| members.iter().map(|member| member.key.id.clone()).collect();
    let mut all: Vec<Vec<String>> = items(plan).iter().map(|item| ids(&item.members)).collect();
    all.iter_mut().for_each(|ids| ids.sort());
    all.sort();
    all
}

/// How many items two resources make: the same at one source and at two.
fn count(one: &Value, other: &Value) -> usize {
    let at_one = together(&plan(vec![record("a", &[one.clone(), other.clone()])]));
    let at_two =
        together(&plan(vec![record("a", std::slice::from_ref(one)), record("b", std::slice::from_ref(other))]));
    let turned =
        together(&plan(vec![record("b", std::slice::from_ref(one)), record("a", std::slice::from_ref(other))]));
    assert_eq!((&at_one, &at_one), (&at_two, &turned), "the same at one source and at two");
    at_one.len()
}

#[test]
fn one_identifier_on_two_conditions_that_name_different_codes_leaves_them_two() {
    assert_eq!(count(&condition("1", &snomed("44054006")), &condition("2", &snomed("59621000"))), 2);
    let words = |text: &str| json!({ "text": text });
    assert_eq!(count(&condition("1", &words("Gout")), &condition("2", &words("Asthma"))), 2);
}

#[test]
fn one_identifier_on_two_goals_leaves_them_two() {
    assert_eq!(count(&goal("1", "Walk every day"), &goal("2", "Stop smoking")), 2);
    let measured = |id: &str, code: &str| {
        let measure = json!({ "coding": [{ "system": "http://loinc.org", "code": code }] });
        numbered("Goal", id, json!({ "lifecycleStatus": "active", "target": [{ "measure": measure }] }))
    };
    assert_eq!(count(&measured("1", "4548-4"), &measured("2", "29463-7")), 2);
}

#[test]
fn one_identifier_on_an_act_of_two_days_leaves_it_two() {
    assert_eq!(count(&procedure("1", "2026-03-01"), &procedure("2", "2026-03-08")), 2);
    assert_eq!(count(&procedure("1", "2026-03-01T10:00:00Z"), &procedure("2", "2026-03-01T14:00:00Z")), 2);
    let order = |id: &str, day: &str| {
        numbered("ServiceRequest", id, json!({ "status": "completed", "intent": "order", "authoredOn": day }))
    };
    assert_eq!(count(&order("1", "2025-03-01"), &order("2", "2026-03-01")), 2);
}

#[test]
fn one_identifier_on_what_says_the_same_joins_it_at_one_source_and_at_two() {
    assert_eq!(count(&condition("1", &snomed("44054006")), &condition("2", &snomed("44054006"))), 1);
    assert_eq!(count(&goal("1", "Walk every day"), &goal("2", "walk every day.")), 1);
    assert_eq!(count(&procedure("1", "2026-03-01"), &procedure("2", "2026-03")), 1);
    assert_eq!(count(&procedure("1", "2026-03-01T10:00:00.250Z"), &procedure("2", "2026-03-01T11:00:00+01:00")), 1);
}

#[test]
fn one_identifier_joins_codes_of_two_systems_and_codes_that_mean_one_concept() {
    let icd = json!({ "coding": [{ "system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M10.9" }] });
    assert_eq!(count(&condition("1", &snomed("90560007")), &condition("2", &icd)), 1, "nobody contradicts");
    // Chronic kidney disease, stage 3b and stage 4.
    assert_eq!(count(&condition("1", &snomed("700379002")), &condition("2", &snomed("431857002"))), 1);
    let rxnorm = |code: &str, display: &str| json!({ "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code, "display": display }] });
    let order = |id: &str, medication: &Value| {
        numbered("MedicationRequest", id, json!({ "status": "active", "medicationCodeableConcept": medication }))
    };
    let (ten, twenty) =
        (rxnorm("314076", "lisinopril 10 MG Oral Tablet"), rxnorm("314077", "lisinopril 20 MG Oral Tablet"));
    assert_eq!(count(&order("1", &ten), &order("2", &twenty)), 1, "an order whose strength was changed");
    assert_eq!(count(&order("1", &ten), &order("2", &rxnorm("197361", "amlodipine 5 MG Oral Tablet"))), 2);
}

#[test]
fn a_third_that_says_less_does_not_tie_two_that_contradict_each_other() {
    let silent = numbered("Condition", "3", json!({}));
    let records = vec![
        record("a", &[condition("1", &snomed("44054006")), silent]),
        record("b", &[condition("2", &snomed("59621000"))]),
    ];
    assert_eq!(plan(records).concerns.len(), 3);
}

#[test]
fn a_record_with_such_identifiers_gives_the_same_clusters_however_it_is_split() {
    let all = [
        condition("1", &snomed("44054006")),
        condition("2", &snomed("59621000")),
        condition("3", &snomed("44054006")),
        goal("4", "Walk every day"),
        goal("5", "Walk every day"),
        procedure("6", "2026-03-01"),
        procedure("7", "2026-03-01"),
        numbered("ServiceRequest", "8", json!({ "status": "active", "code": snomed("91251008") })),
        numbered("ServiceRequest", "9", json!({ "status": "completed", "code": snomed("91251008") })),
    ];
    let whole = together(&plan(vec![record("a", &all)]));
    for split in 0..1_u32 << all.len() {
        let part = |side: u32| -> Vec<Value> {
            let here = all.iter().enumerate().filter(|(at, _)| (split >> at) & 1 == side);
            here.map(|(_, resource)| resource.clone()).collect()
        };
        let records = vec![record("a", &part(0)), record("b", &part(1))];
        assert_eq!(together(&plan(records)), whole, "{split:b}");
    }
}
