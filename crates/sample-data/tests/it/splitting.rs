//! What a split keeps, and where each step puts a resource.

use std::collections::{BTreeMap, BTreeSet};

use fhir::Target;
use fhir_server::Local;
use sample_data::split::{dealt, local, organisations, overlap, split};
use sample_data::{Server, everybody};
use serde_json::{Value, json};

/// The names of everything but the Patient.
fn names<'a>(resources: impl IntoIterator<Item = &'a Value>) -> BTreeSet<Local> {
    resources.into_iter().map(local).filter(|name| name.kind != "Patient").collect()
}

/// Every reference as (from, to), the base of a server left out where it holds the target; to the Patient aside.
fn references(servers: &[Server]) -> BTreeSet<(Local, String)> {
    let mut found = BTreeSet::new();
    let held: Vec<BTreeSet<Local>> = servers.iter().map(|server| names(&server.resources)).collect();
    for (own, server) in servers.iter().enumerate() {
        for resource in &server.resources {
            let text = resource.to_string();
            for part in text.split("\"reference\":\"").skip(1) {
                let written = part.split('"').next().unwrap();
                let holder = match Target::parse(written) {
                    Target::Relative { .. } => Some(own),
                    Target::Absolute { base, .. } => servers.iter().position(|server| server.base == base),
                    _ => None,
                };
                let named = Local::anywhere(written);
                let known = named.filter(|named| holder.is_some_and(|holder| held[holder].contains(named)));
                let to = known.map_or_else(|| written.to_owned(), |known| format!("here: {}/{}", known.kind, known.id));
                if !to.contains("Patient/") {
                    found.insert((local(resource), to));
                }
            }
        }
    }
    found
}

fn laws(name: &str, whole: &Server, parts: &[Server]) {
    assert_eq!(names(parts.iter().flat_map(|part| &part.resources)), names(&whole.resources), "{name}");
    let count: usize = parts.iter().map(|part| names(&part.resources).len()).sum();
    assert_eq!(count, names(&whole.resources).len(), "{name}: nothing twice");
    let one = Server { base: whole.base.clone(), ..whole.clone() };
    let of_patient = |found: BTreeSet<(Local, String)>| -> BTreeSet<_> {
        found.into_iter().filter(|(from, _)| from.kind != "Patient").collect()
    };
    assert_eq!(of_patient(references(parts)), of_patient(references(&[one])), "{name}");
    for part in parts {
        let patients = part.resources.iter().filter(|resource| resource["resourceType"] == "Patient");
        assert_eq!(patients.count(), usize::from(!whole.patient.is_empty()), "{name}");
    }
    let ids: BTreeSet<&str> = parts.iter().map(|part| part.patient.as_str()).collect();
    assert!(whole.patient.is_empty() || ids.len() == parts.len(), "{name}: a Patient id of its own at each place");
}

#[test]
fn a_split_loses_nothing_doubles_nothing_and_every_reference_leads_where_it_led() {
    for person in everybody() {
        for whole in person.servers.iter().take(1) {
            for servers in 1..=5 {
                let parts = split(&whole.resources, servers);
                assert!(parts.len() <= servers && parts.len() <= organisations(&whole.resources).max(1));
                laws(&person.name, whole, &parts);
                laws(&person.name, whole, &dealt(&whole.resources, servers, 7));
            }
        }
    }
}

fn record() -> Vec<Value> {
    let encounter = |id: &str, provider: &str| {
        json!({ "resourceType": "Encounter", "id": id,
        "subject": { "reference": "Patient/p" }, "serviceProvider": { "reference": format!("Organization/{provider}") } })
    };
    let at = |encounter: &str| json!({ "reference": format!("Encounter/{encounter}") });
    vec![
        json!({ "resourceType": "Patient", "id": "p", "name": [{ "given": ["Ada", "Maria"] }], "identifier": [
            { "type": { "coding": [{ "code": "MR" }] }, "value": "1" }, { "type": { "coding": [{ "code": "SS" }] }, "value": "2" }] }),
        json!({ "resourceType": "Organization", "id": "big" }),
        json!({ "resourceType": "Organization", "id": "small" }),
        encounter("e1", "big"),
        encounter("e2", "big"),
        encounter("e3", "small"),
        json!({ "resourceType": "Condition", "id": "own", "encounter": at("e1"), "onsetDateTime": "2010-01-01",
            "clinicalStatus": { "coding": [{ "code": "active" }] }, "asserter": { "reference": "Practitioner/dr" } }),
        json!({ "resourceType": "Condition", "id": "theirs", "encounter": at("e3") }),
        json!({ "resourceType": "MedicationRequest", "id": "order", "encounter": at("e2"), "reasonReference": [{ "reference": "Condition/own" }] }),
        json!({ "resourceType": "DocumentReference", "id": "paper", "context": { "encounter": [at("e3")] } }),
        json!({ "resourceType": "Observation", "id": "old-form", "context": at("e3") }),
        json!({ "resourceType": "Claim", "id": "by-organisation", "provider": { "reference": "Organization/small" } }),
        json!({ "resourceType": "Claim", "id": "by-item", "provider": { "reference": "Practitioner/dr" }, "item": [{ "encounter": [at("e3")] }] }),
        json!({ "resourceType": "CarePlan", "id": "plan", "encounter": at("e3"), "goal": [{ "reference": "Goal/listed" }],
            "category": [{}, { "text": "Keep well" }] }),
        json!({ "resourceType": "Goal", "id": "listed" }),
        json!({ "resourceType": "Goal", "id": "addressing", "addresses": [{ "reference": "Condition/theirs" }] }),
        json!({ "resourceType": "Goal", "id": "worded", "description": { "text": "Keep well" } }),
        json!({ "resourceType": "Goal", "id": "alone" }),
        json!({ "resourceType": "AllergyIntolerance", "id": "nuts" }),
        json!({ "resourceType": "Practitioner", "id": "dr" }),
    ]
}

#[test]
fn each_resource_goes_where_its_encounter_was_and_the_rest_goes_home() {
    let parts = split(&record(), 2);
    let held: Vec<BTreeSet<String>> =
        parts.iter().map(|part| names(&part.resources).into_iter().map(|name| name.id).collect()).collect();
    let expect = |ids: &[&str]| -> BTreeSet<String> { ids.iter().map(|id| (*id).to_owned()).collect() };
    // The small place recorded more in the end, but the person was seen at the big one more often.
    assert_eq!(held[0], expect(&["big", "e1", "e2", "own", "order", "alone", "nuts", "dr"]));
    let theirs = ["small", "e3", "theirs", "paper", "old-form", "by-organisation", "by-item", "plan"];
    assert_eq!(held[1], expect(&[&theirs[..], &["listed", "addressing", "worded"]].concat()));
    let of = |at: usize, id: &str| parts[at].resources.iter().find(|resource| resource["id"] == id).unwrap();
    assert_eq!(of(0, "own")["asserter"]["reference"], "Practitioner/dr");
    assert_eq!(of(1, "by-item")["provider"]["reference"], format!("{}/Practitioner/dr", parts[0].base));
    let with_number: Vec<usize> = parts
        .iter()
        .map(|part| part.resources.iter().find(|resource| resource["resourceType"] == "Patient").unwrap())
        .map(|patient| patient["identifier"].as_array().unwrap().len())
        .collect();
    assert_eq!(with_number, [2, 1], "the record number is that of one place");
}

#[test]
fn an_overlap_adds_copies_that_differ_and_changes_nothing_else() {
    let mut parts = split(&record(), 2);
    let before: BTreeMap<Local, String> =
        parts.iter().flat_map(|part| &part.resources).map(|resource| (local(resource), resource.to_string())).collect();
    overlap(&mut parts);
    let mut added = BTreeSet::new();
    for resource in
        parts.iter().flat_map(|part| &part.resources).filter(|resource| resource["resourceType"] != "Patient")
    {
        match before.get(&local(resource)) {
            Some(text) => assert_eq!(*text, resource.to_string()),
            None => assert!(added.insert(local(resource).id)),
        }
    }
    assert_eq!(added.into_iter().collect::<Vec<_>>(), ["copy-order", "copy-own"]);
    let copy = |id: &str| parts[1].resources.iter().find(|resource| resource["id"] == id).unwrap();
    assert_eq!(copy("copy-own")["clinicalStatus"]["coding"][0]["code"], "inactive");
    assert_eq!(copy("copy-order")["reasonReference"][0]["reference"], "Condition/copy-own");
}
