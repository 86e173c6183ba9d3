//! How many requests a source gets, counted at the source.

use std::collections::BTreeMap;
use std::sync::Arc;

use aggregation::{Permitted, everything};
use care_plan::snapshot::Record;
use fhir_client::{FhirServer, Remembered};
use sandbox::fhir::Behaviour;
use serde_json::{Value, json};

use crate::house::{names, options, reading, record, source};
use crate::sandbox::{Sandbox, floor_only, one_of_each};

/// What a peer (mycareplanner) reads of each server, with 24 requests, one after the other.
const PEERS: [&str; 12] = [
    "Patient",
    "Practitioner",
    "CarePlan",
    "CareTeam",
    "Goal",
    "Condition",
    "Procedure",
    "DiagnosticReport",
    "Immunization",
    "Observation",
    "MedicationRequest",
    "ServiceRequest",
];

/// One resource of every type, tied together by people, roles and organisations.
fn tied() -> Vec<Value> {
    let mut all = one_of_each();
    all.push(json!({ "resourceType": "Goal", "id": "goal-2", "lifecycleStatus": "active",
        "subject": { "reference": "Patient/p1" }, "expressedBy": { "reference": "Practitioner/dr1" } }));
    for resource in &mut all {
        match resource["id"].as_str() {
            Some("condition-1") => resource["recorder"] = json!({ "reference": "Practitioner/dr1" }),
            Some("org1") => resource["partOf"] = json!({ "reference": "Organization/org2" }),
            _ => {}
        }
    }
    all.push(json!({ "resourceType": "Organization", "id": "org2" }));
    all
}

/// What two launches ask for, one after the other: how often each type.
async fn launches(behaviour: Behaviour, permitted: Permitted) -> [(BTreeMap<String, usize>, Record); 2] {
    let at = Sandbox::start(behaviour, tied()).await;
    let remembered: Arc<Remembered> = Arc::default();
    let launch = async || {
        let (reading, _) = reading();
        let server = FhirServer::new(options("valley", &at.base).remembered(Arc::clone(&remembered)));
        reading.connect(source("valley"), "p1", server, Arc::clone(&permitted));
        let record = record(&reading, "valley").await;
        let mut asked = BTreeMap::new();
        for (target, _) in at.asked() {
            *asked.entry(target.split(['?', '/']).next().unwrap().to_owned()).or_default() += 1;
        }
        (asked, record)
    };
    [launch().await, launch().await]
}

/// What is in reach in each launch: an organisation of an organisation is, where a role came along.
fn near(record: &Record) -> Vec<String> {
    names(record).into_iter().filter(|name| name != "Organization/org2").collect()
}

fn count(asked: &BTreeMap<String, usize>) -> usize {
    asked.values().sum()
}

#[tokio::test]
async fn f13_the_data_for_which_a_peer_needs_24_requests_takes_13_and_in_a_later_launch_12() {
    let [(first, of_first), (later, of_later)] =
        launches(Behaviour::default(), Arc::new(|kind| PEERS.contains(&kind))).await;
    let (came, comes) = (names(&of_first), names(&of_later));
    assert!(came.iter().all(|name| comes.contains(name)), "what comes along may be more");
    assert!(PEERS.iter().all(|kind| came.iter().any(|name| name.starts_with(&format!("{kind}/")))));
    // One search a type, the Patient and who acts; what the source can do is asked in the first launch only.
    assert!(first.values().all(|requests| *requests == 1), "{first:?}");
    assert_eq!((count(&first), count(&later)), (13, 12), "{first:?} {later:?}");
}

#[tokio::test]
async fn f13_every_type_takes_34_requests_and_30_where_people_and_origins_come_along() {
    let [(first, of_first), (later, of_later)] = launches(Behaviour::default(), everything()).await;
    assert_eq!(near(&of_first), near(&of_later));
    assert!(!names(&of_first).contains(&"Organization/org2".to_owned()), "there is no fourth wave");
    // Only people and organisations are asked for more than once: in the second wave, and in the third.
    let is_once = |(kind, requests): (&String, &usize)| match kind.as_str() {
        "Practitioner" | "Organization" => *requests <= 2,
        _ => *requests == 1,
    };
    assert!(first.iter().chain(&later).all(is_once), "{first:?} {later:?}");
    for kind in ["Medication", "PractitionerRole", "Provenance", "metadata"] {
        assert!(first.contains_key(kind) && !later.contains_key(kind), "{kind}");
    }
    assert_eq!((count(&first), count(&later)), (34, 30), "{first:?} {later:?}");
}

#[tokio::test]
async fn f11_a_source_that_takes_only_the_floor_is_asked_in_parts_only_where_it_refuses() {
    let [(first, of_first), (later, of_later)] = launches(floor_only(), everything()).await;
    assert_eq!(near(&of_first), near(&of_later));
    // Thirteen categories of Observation; what is refused as a whole is asked for once more in the first launch only.
    let searches = |asked: &BTreeMap<String, usize>| {
        ["Observation", "CarePlan", "CareTeam", "MedicationRequest", "Goal", "Condition"].map(|kind| asked[kind])
    };
    assert_eq!((searches(&first), searches(&later)), ([14, 2, 2, 2, 1, 1], [13, 1, 1, 1, 1, 1]));
    assert_eq!((count(&first), count(&later)), (50, 42), "{first:?} {later:?}");
}
