//! What a load keeps, and that a large one is no matter.

use serde_json::{Value, json};

use crate::harness::{Ehr, goal};

#[test]
fn a_bundle_of_many_thousand_resources_is_taken_in_with_its_references() {
    let ehr = Ehr::new();
    let entry = |number: usize| {
        let subject = json!({"reference": format!("urn:uuid:p{}", number % 10)});
        json!({"fullUrl": format!("urn:uuid:o{number}"), "request": {"method": "POST", "url": "Observation"},
            "resource": {"resourceType": "Observation", "subject": subject, "performer": [{"reference": "Organization?identifier=urn:npi|1"}]}})
    };
    let person =
        |number: usize| json!({"fullUrl": format!("urn:uuid:p{number}"), "resource": {"resourceType": "Patient"}});
    let clinic = json!({"resource": {"resourceType": "Organization", "id": "vp", "identifier": [{"system": "urn:npi", "value": "1"}]}});
    let entries: Vec<Value> = (0..5000).map(entry).chain((0..10).map(person)).chain([clinic]).collect();
    let report = ehr
        .store
        .load_bundle(&json!({"resourceType": "Bundle", "type": "transaction", "entry": entries}))
        .expect("a Bundle");
    assert_eq!((report.resources, report.problems.len()), (5011, 0));
    let first = ehr.store.resource("Observation", "o0").expect("it keeps the id of its fullUrl");
    assert_eq!(
        (&first["subject"]["reference"], &first["performer"][0]["reference"]),
        (&json!("Patient/p0"), &json!("Organization/vp"))
    );
    assert_eq!(first["meta"]["versionId"], "1");
}

#[test]
fn loading_again_makes_a_version_only_of_what_changed() {
    let ehr = Ehr::new();
    ehr.load(vec![goal("a", "ada"), goal("b", "ada")]);
    let mut other = goal("b", "ada");
    other["lifecycleStatus"] = json!("completed");
    ehr.load(vec![goal("a", "ada"), other]);
    assert_eq!((ehr.store.versions("Goal", "a").len(), ehr.store.versions("Goal", "b").len()), (1, 2));
}

#[test]
fn a_reference_that_names_nothing_is_reported_and_stays() {
    let ehr = Ehr::new();
    let odd = json!({"resourceType": "Goal", "id": "g", "subject": {"reference": "Patient?identifier=urn:mrn|1"}, "expressedBy": {"reference": "urn:uuid:x"}});
    let report = ehr.store.load_bundle(&odd).expect("a resource");
    assert_eq!((report.resources, report.problems.len()), (1, 2));
    assert_eq!(ehr.store.resource("Goal", "g").expect("it is here")["subject"], odd["subject"]);
    assert!(ehr.store.load_bundle(&json!([1])).is_err());
}

#[test]
fn outcome_entries_of_a_searchset_are_not_records() {
    let ehr = Ehr::new();
    let entries = json!([{"resource": {"resourceType": "OperationOutcome"}, "search": {"mode": "outcome"}}, {"resource": goal("g", "ada")}]);
    let report = ehr
        .store
        .load_bundle(&json!({"resourceType": "Bundle", "type": "searchset", "entry": entries}))
        .expect("a Bundle");
    assert_eq!((report.resources, report.problems.len()), (1, 0));
}
