//! Laws that hold for whatever records there are.

use care_plan::snapshot::Record;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::{held, items, keys, plan, record};

const KINDS: [&str; 22] = [
    "AllergyIntolerance",
    "Appointment",
    "CarePlan",
    "CareTeam",
    "Condition",
    "DiagnosticReport",
    "DocumentReference",
    "Encounter",
    "Goal",
    "Linkage",
    "Medication",
    "MedicationRequest",
    "MedicationStatement",
    "NutritionOrder",
    "Observation",
    "Patient",
    "Practitioner",
    "Procedure",
    "Provenance",
    "RelatedPerson",
    "ServiceRequest",
    "Task",
];

/// A reference to one of few resources, so that most lead somewhere and some in a circle.
fn reference() -> impl Strategy<Value = Value> {
    (select(KINDS.to_vec()), 0..4u8, 0..6u8).prop_map(|(kind, id, form)| match form {
        0 => json!({ "reference": format!("https://ehr.example/fhir/{kind}/{id}") }),
        1 => json!({ "reference": format!("{kind}/{id}/_history/2"), "display": "shown" }),
        2 => json!({ "reference": "#c" }),
        3 => json!({ "reference": format!("urn:uuid:{id}") }),
        4 => json!({ "display": "only words" }),
        _ => json!({ "reference": format!("{kind}/{id}") }),
    })
}

fn references() -> impl Strategy<Value = Value> {
    prop::collection::vec(reference(), 0..3).prop_map(Value::from)
}

fn concept() -> impl Strategy<Value = Value> {
    let system =
        select(vec!["http://loinc.org", "http://snomed.info/sct", "urn:oid:2.16.840.1.113883.6.1", "urn:local"]);
    prop_oneof![
        (system, select(vec!["85354-9", "8480-6", "4548-4", "1"]))
            .prop_map(|(system, code)| json!({ "coding": [{ "system": system, "code": code }], "text": "coded" })),
        Just(json!({ "text": "words" })),
        Just(json!({})),
        Just(json!("not a concept")),
    ]
}

fn quantity() -> impl Strategy<Value = Value> {
    (0..300u16, select(vec!["%", "mmHg", "mm[Hg]", ""]))
        .prop_map(|(value, unit)| json!({ "value": value, "unit": unit }))
}

fn resource() -> impl Strategy<Value = Value> {
    let what = (select(KINDS.to_vec()), 0..4u8, concept(), quantity(), 0..3u8);
    let links = (references(), references(), references(), reference());
    let when = select(vec!["2026-01-01", "2026-02", "2025", "2026-03-01T10:00:00Z", "soon"]);
    (what, links, when).prop_map(|((kind, id, code, quantity, identifier), (one, two, three, lone), when)| {
        json!({
            "resourceType": kind, "id": id.to_string(),
            "contained": [{ "resourceType": "Condition", "id": "c", "code": { "text": "inside" } }],
            "identifier": [{ "system": "urn:hie", "value": identifier.to_string() }],
            "code": code, "description": code, "status": "active", "title": "title",
            "effectiveDateTime": when, "authoredOn": when, "recordedDate": when, "performedDateTime": when,
            "valueQuantity": quantity, "component": [
                { "code": { "coding": [{ "system": "http://loinc.org", "code": "8480-6" }] }, "valueQuantity": quantity },
                { "code": { "coding": [{ "system": "http://loinc.org", "code": "8462-4" }] }, "valueQuantity": quantity }],
            "addresses": one, "supportingInfo": two, "goal": three, "reasonReference": one, "basedOn": two,
            "outcomeReference": three, "focus": lone, "hasMember": one, "performer": two, "medicationReference": lone,
            "item": [{ "type": "source", "resource": lone }], "participant": [{ "member": lone, "actor": lone }],
            "target": [{ "measure": code, "detailQuantity": quantity, "dueDate": when }],
            "activity": [{ "reference": lone, "outcomeReference": one, "progress": [{ "text": "went well", "time": when }] },
                { "detail": { "code": code, "goal": two, "reasonReference": three } }],
            "extension": [{ "url": fhir::codes::PERTAINS_TO_GOAL, "valueReference": lone },
                { "url": fhir::codes::CONDITION_DUE_TO, "valueReference": lone }],
            "note": [{ "text": "note", "time": when }],
        })
    })
}

fn records() -> impl Strategy<Value = Vec<Record>> {
    let of = |source: &'static str| {
        prop::collection::vec(resource(), 0..14).prop_map(move |resources| record(source, &resources))
    };
    (of("a"), of("b"), of("c")).prop_map(|(a, b, c)| vec![a, b, c])
}

fn shuffled() -> impl Strategy<Value = (Vec<Record>, Vec<Record>)> {
    records().prop_flat_map(|records| {
        let contents: Vec<_> = records.iter().map(|record| Just(record.resources.clone()).prop_shuffle()).collect();
        let moved = (Just(records.clone()), contents).prop_map(|(records, contents)| {
            let moved = records.into_iter().zip(contents);
            moved.map(|(record, resources)| Record { resources, ..record }).collect::<Vec<_>>()
        });
        (Just(records), moved.prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_sources_and_resources_changes_nothing((straight, shuffled) in shuffled()) {
        prop_assert_eq!(plan(straight), plan(shuffled));
    }

    #[test]
    fn consolidating_twice_changes_nothing(records in records()) {
        prop_assert_eq!(plan(records.clone()), plan(records));
    }

    #[test]
    fn nothing_read_is_lost_and_nothing_is_made_up(records in records()) {
        let expected = keys(&records);
        prop_assert_eq!(held(&plan(records)), expected);
    }

    #[test]
    fn every_item_has_its_own_id_a_title_and_members_in_order(records in records()) {
        let plan = plan(records);
        let items = items(&plan);
        let ids: std::collections::BTreeSet<_> = items.iter().map(|item| &item.id).collect();
        prop_assert_eq!(ids.len(), items.len());
        for item in items {
            prop_assert!(!item.title.trim().is_empty() && !item.members.is_empty());
            prop_assert!(item.members.windows(2).all(|pair| pair[0].key < pair[1].key), "{:?}", item.members);
            prop_assert!(item.id.0.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn links_join_two_items_of_the_plan_and_each_pair_once(records in records()) {
        let plan = plan(records);
        let ids: std::collections::BTreeSet<_> = items(&plan).into_iter().map(|item| item.id.clone()).collect();
        let mut pairs = std::collections::BTreeSet::new();
        for link in &plan.links {
            prop_assert!(ids.contains(&link.from) && ids.contains(&link.to) && link.from != link.to);
            let mut pair = [link.from.clone(), link.to.clone()];
            pair.sort();
            prop_assert!(pairs.insert(pair));
        }
        for id in ids {
            prop_assert!(plan.thread(&id).contains(&id));
        }
    }
}

#[test]
fn a_thousand_resources_take_linear_work() {
    // Not timed: a quadratic step would show as a hundred times the links, not as seconds.
    let source = |count: usize| -> Vec<Value> {
        (0..count).flat_map(|at| [
            json!({ "resourceType": "Condition", "id": format!("c{at}"), "code": { "text": "C" } }),
            json!({ "resourceType": "Goal", "id": format!("g{at}"), "addresses": [{ "reference": format!("Condition/c{at}") }] }),
            json!({ "resourceType": "ServiceRequest", "id": format!("s{at}"), "reasonReference": [{ "reference": format!("Condition/c{at}") }] }),
        ]).collect()
    };
    let (small, large) = (plan(vec![record("a", &source(30))]), plan(vec![record("a", &source(300))]));
    assert_eq!((small.links.len(), large.links.len()), (90, 900));
}
