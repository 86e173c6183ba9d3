//! Evidence of identity.

use serde_json::json;

use crate::support::{plan, record};

fn patient(id: &str) -> serde_json::Value {
    json!({ "resourceType": "Patient", "id": id, "name": [{ "family": "Roe" }] })
}

#[test]
fn a_linkage_ties_the_patients_of_other_sources() {
    let linkage = json!({ "resourceType": "Linkage", "id": "l", "item": [
        { "type": "source", "resource": { "reference": "Patient/own" } },
        { "type": "alternate", "resource": { "reference": "Patient/there" } },
        { "type": "alternate", "resource": { "reference": "https://elsewhere.example/fhir/Patient/unknown" } },
        { "type": "alternate", "resource": { "display": "a paper record" } }] });
    let records = vec![
        record("c", &[patient("own"), linkage]),
        record("a", &[patient("there")]),
        record("b", &[patient("there"), patient("own")]),
    ];
    let identity = plan(records).identity;
    assert_eq!(identity.len(), 1);
    let known: Vec<String> = identity[0].known.iter().map(ToString::to_string).collect();
    assert_eq!(known, ["a/Patient/there", "b/Patient/there", "c/Patient/own"]);
    let written: Vec<&str> = identity[0].items.iter().map(|(_, reference)| reference.as_str()).collect();
    assert_eq!(
        written,
        ["Patient/own", "Patient/there", "https://elsewhere.example/fhir/Patient/unknown", "a paper record"]
    );
}

#[test]
fn an_inactive_linkage_is_no_evidence_and_not_lost() {
    let plan = plan(vec![record("a", &[json!({ "resourceType": "Linkage", "id": "l", "active": false })])]);
    assert_eq!((plan.identity.len(), plan.aside.len()), (0, 1));
}
