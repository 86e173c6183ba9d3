//! The Bundle holds everything, names everything once, and says where what it adds comes from.

use std::collections::{BTreeMap, BTreeSet};

use care_plan::snapshot::{Reason, Status};
use sample_data::Server;
use serde_json::{Value, json};

use crate::world::{EVERYBODY, care_plan, entries, exported, snapshot};

fn strings(value: &Value, key: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().filter(|_| name == key) {
                    Some(text) => found.push(text.to_owned()),
                    None => strings(member, key, found),
                }
            }
        }
        Value::Array(members) => members.iter().for_each(|member| strings(member, key, found)),
        _ => {}
    }
}

#[test]
fn every_resource_that_was_read_is_an_entry_and_no_name_comes_twice() {
    for person in &*EVERYBODY {
        let (snapshot, bundle) = (&person.snapshot, &person.bundle);
        let names: Vec<&str> = entries(bundle).into_iter().map(|(name, _)| name).collect();
        let once: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), once.len(), "{}", person.name);
        for record in &snapshot.records {
            for resource in &record.resources {
                let base = record.source.base.as_deref().expect("a base");
                let name = format!("{base}/{}/{}", resource.kind(), resource.id());
                assert!(once.contains(name.as_str()), "{}: {name}", person.name);
            }
        }
    }
}

#[test]
fn what_the_plan_of_the_bundle_refers_to_is_in_the_bundle() {
    for person in &*EVERYBODY {
        let bundle = &person.bundle;
        let names: BTreeSet<&str> = entries(bundle).into_iter().map(|(name, _)| name).collect();
        let mut references = Vec::new();
        strings(care_plan(bundle), "reference", &mut references);
        assert!(!references.is_empty());
        for reference in references {
            assert!(names.contains(reference.as_str()), "{}: {reference}", person.name);
        }
    }
}

#[test]
fn every_detected_issue_goes_out_and_what_it_implicates_is_in_the_bundle() {
    let mut told = 0;
    for person in &*EVERYBODY {
        let names: BTreeSet<&str> = entries(&person.bundle).into_iter().map(|(name, _)| name).collect();
        let issues = entries(&person.bundle).into_iter().filter(|(_, one)| one["resourceType"] == "DetectedIssue");
        for (_, issue) in issues.filter(|(name, _)| name.starts_with("urn:uuid:")) {
            let mut references = Vec::new();
            strings(&issue["implicated"], "reference", &mut references);
            assert!(references.iter().all(|reference| names.contains(reference.as_str())), "{}: {issue}", person.name);
            told += 1;
        }
    }
    assert!(told > 0, "the invented people's records differ");
}

#[test]
fn a_resource_goes_out_as_it_came_but_for_links_that_say_where_they_come_from() {
    for person in &*EVERYBODY {
        let bundle = &person.bundle;
        let mut came: BTreeMap<String, &fhir::Resource> = BTreeMap::new();
        for record in &person.snapshot.records {
            let base = record.source.base.as_deref().expect("a base");
            came.extend(record.resources.iter().map(|one| (format!("{base}/{}/{}", one.kind(), one.id()), &**one)));
        }
        let mut told: BTreeSet<String> = BTreeSet::new();
        for (_, resource) in entries(bundle).into_iter().filter(|(name, _)| name.starts_with("urn:uuid:")) {
            if resource["resourceType"] == "Provenance" {
                told.extend(resource["target"][0]["reference"].as_str().map(str::to_owned));
            }
        }
        for (name, resource) in entries(bundle).into_iter().filter(|(name, _)| !name.starts_with("urn:uuid:")) {
            let original = came[name];
            let mut bare = resource.clone();
            if bare != original.to_value() {
                assert!(told.contains(name), "{}: {name} was changed and nothing says why", person.name);
                let before = original.to_value()["extension"].as_array().map_or(0, Vec::len);
                let extensions = bare["extension"].as_array_mut().expect("links are extensions");
                extensions.truncate(before);
                if before == 0 {
                    bare.as_object_mut().expect("an object").remove("extension");
                }
                assert_eq!(bare, original.to_value(), "{}: {name}", person.name);
            }
        }
    }
}

#[test]
fn an_activity_that_only_a_plan_describes_becomes_a_request_that_pertains_to_its_goal() {
    let resources = vec![
        json!({ "resourceType": "Patient", "id": "p" }),
        json!({ "resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": { "text": "Walk" } }),
        json!({ "resourceType": "CarePlan", "id": "c", "status": "active", "intent": "plan", "goal": [{ "reference": "Goal/g" }],
            "activity": [{ "detail": { "status": "in-progress", "code": { "text": "Walking group" }, "goal": [{ "reference": "Goal/g" }] } }] }),
    ];
    let (_, bundle) = exported(&snapshot(&[Server::new("https://a.example/fhir", resources)]));
    let activity = &care_plan(&bundle)["activity"][0];
    let name = activity["reference"]["reference"].as_str().expect("a reference");
    let request = entries(&bundle).into_iter().find(|(one, _)| *one == name).expect("the request").1;
    assert_eq!((&request["intent"], &request["status"]), (&json!("plan"), &json!("active")));
    assert_eq!(request["code"]["text"], "Walking group");
    assert_eq!(request["extension"][0]["valueReference"]["reference"], "https://a.example/fhir/Goal/g");
    assert!(activity.get("detail").is_none());
    let told = entries(&bundle).into_iter().any(|(_, one)| {
        one["resourceType"] == "Provenance"
            && one["target"][0]["reference"] == name
            && one["entity"][0]["what"]["reference"] == "https://a.example/fhir/CarePlan/c"
    });
    assert!(told, "it says where it comes from");
}

#[test]
fn a_source_that_was_not_read_is_named_in_the_plan() {
    let mut snapshot =
        snapshot(&[Server::new("https://a.example/fhir", vec![json!({ "resourceType": "Patient", "id": "p" })])]);
    snapshot.records[0].state = Some(Status::Failed(Reason::TimedOut));
    let (_, bundle) = exported(&snapshot);
    let note = care_plan(&bundle)["note"][0]["text"].as_str().expect("a note");
    assert!(note.contains("Place 0 could not be read"), "{note}");
}

#[test]
fn two_servers_that_use_one_id_are_told_apart() {
    let goal = |text: &str| {
        vec![
            json!({ "resourceType": "Patient", "id": "p" }),
            json!({ "resourceType": "Goal", "id": "1", "lifecycleStatus": "active", "description": { "text": text } }),
        ]
    };
    let servers =
        [Server::new("https://a.example/fhir", goal("Walk")), Server::new("https://b.example/fhir/", goal("Swim"))];
    let (_, bundle) = exported(&snapshot(&servers));
    let mut goals = Vec::new();
    strings(&care_plan(&bundle)["goal"], "reference", &mut goals);
    assert_eq!(goals, ["https://a.example/fhir/Goal/1", "https://b.example/fhir/Goal/1"]);
}

#[test]
fn half_a_character_in_a_resource_is_told_and_takes_nothing_else_with_it() {
    let server = Server::new("https://a.example/fhir", vec![json!({ "resourceType": "Patient", "id": "p" })]);
    let mut snapshot = snapshot(&[server]);
    let raw = r#"{"resourceType":"Goal","id":"g","lifecycleStatus":"active","description":{"text":"Walk \ud83d"}}"#;
    let goal = fhir::Resource::parse(&snapshot.records[0].source.id, raw).expect("it can be kept");
    snapshot.records[0].resources.push(std::sync::Arc::new(goal));
    let (plan, bundle) = exported(&snapshot);
    assert_eq!(plan.goals.len(), 1, "it is in the plan");
    let all = entries(&bundle);
    assert!(all.iter().all(|(_, resource)| resource["resourceType"].is_string()), "nothing is null");
    let told = all.iter().find(|(name, _)| *name == "https://a.example/fhir/Goal/g").expect("its entry").1;
    assert_eq!(told["resourceType"], "OperationOutcome");
    assert!(told["issue"][0]["diagnostics"].as_str().is_some_and(|words| words.starts_with("Goal/g ")));
    assert!(all.iter().any(|(name, resource)| *name == "https://a.example/fhir/Patient/p" && resource["id"] == "p"));
}
