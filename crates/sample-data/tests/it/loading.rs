//! What is loaded is what the files say.

use std::collections::BTreeSet;

use fhir_server::{conditional_references, urn_references};
use sample_data::split::local;
use sample_data::{everybody, sample_data, synthea, vendor};

#[test]
fn everybody_has_a_patient_and_resources_with_names_of_their_own() {
    for person in everybody() {
        assert!(!person.servers.is_empty(), "{}", person.name);
        for server in &person.servers {
            let names: BTreeSet<_> = server.resources.iter().map(local).collect();
            assert_eq!(names.len(), server.resources.len(), "{}", person.name);
            assert!(names.iter().all(|name| !name.kind.is_empty() && !name.id.is_empty()), "{}", person.name);
        }
        assert!(person.servers.iter().any(|server| !server.patient.is_empty()), "{}", person.name);
    }
}

#[test]
fn no_reference_is_left_that_only_a_transaction_understands() {
    for person in everybody() {
        for resource in person.servers.iter().flat_map(|server| &server.resources) {
            let left = (conditional_references(resource), urn_references(resource));
            assert_eq!(left, (Vec::new(), Vec::new()), "{} {:?}", person.name, local(resource));
        }
    }
}

#[test]
fn a_synthetic_person_comes_with_everything_in_their_file_and_the_staff_it_names() {
    let Some(folder) = sample_data() else { return eprintln!("skipped: sample data not found") };
    let mut files = Vec::new();
    for part in std::fs::read_dir(folder.join("synthea")).unwrap().map(|part| part.unwrap().path()) {
        if part.is_dir() {
            files.extend(std::fs::read_dir(part).unwrap().map(|file| file.unwrap().path()));
        }
    }
    let people = synthea(&folder);
    for person in &people {
        let file = files.iter().find(|file| file.file_stem().is_some_and(|stem| stem == person.name.as_str()));
        let text = std::fs::read_to_string(file.expect("the person's file")).unwrap();
        let document: serde_json::Value = serde_json::from_str(&text).unwrap();
        let patients_own = |kind: &str| !matches!(kind, "Organization" | "Practitioner" | "Location");
        let in_file = document["entry"].as_array().unwrap().iter();
        let in_file = in_file.filter(|entry| patients_own(entry["resource"]["resourceType"].as_str().unwrap()));
        let loaded = person.servers[0].resources.iter().filter(|resource| patients_own(&local(resource).kind));
        assert_eq!(loaded.count(), in_file.count(), "{}", person.name);
        assert!(person.servers[0].resources.iter().any(|resource| local(resource).kind == "Practitioner"));
    }
    assert!(!people.is_empty());
}

#[test]
fn every_file_of_the_vendors_is_there_the_broken_ones_too() {
    let Some(folder) = sample_data() else { return eprintln!("skipped: sample data not found") };
    let files = vendor(&folder);
    assert!(files.iter().any(|file| file.name.starts_with("broken/") && file.name.ends_with(".txt")));
    assert!(files.iter().any(|file| serde_json::from_str::<serde_json::Value>(&file.text).is_err()));
}
