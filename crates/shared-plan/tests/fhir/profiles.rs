//! What is made keeps to the profiles of the MCC guide and of US Core, and to R4 where there is no profile.

use sample_data::{definitions, sample_data};
use serde_json::Value;
use shared_plan::fhir::{Bases, resources_of, service_request};
use shared_plan::plan::Plan;

use crate::world::{bases, concerns, resources, versions};

#[test]
fn every_version_of_a_plan_and_every_concern_keeps_to_its_profile() {
    let Some(folder) = sample_data() else {
        eprintln!("skipped: sample data not found");
        return;
    };
    let profiles = definitions(&folder.join("conformance"));
    let made: Vec<Value> = versions().iter().flat_map(resources).collect();
    let requests = |plan: &Plan| {
        plan.activities.iter().filter_map(|one| service_request(one, plan, Bases(&bases))).collect::<Vec<_>>()
    };
    let requests: Vec<Value> = versions().iter().flat_map(requests).collect();
    let made = made.into_iter().chain(requests).chain(resources_of(&[], &concerns(), Bases(&bases)));
    let mut checked = std::collections::BTreeMap::<String, usize>::new();
    for resource in made {
        let kind = resource["resourceType"].as_str().unwrap().to_owned();
        let Some(profile) = profiles.get(&kind) else { continue };
        assert_eq!(profile.faults(&resource), Vec::<String>::new(), "{resource:#}");
        *checked.entry(kind).or_default() += 1;
    }
    let kinds = ["CarePlan", "CareTeam", "Condition", "Goal", "ServiceRequest"];
    assert_eq!(checked.keys().collect::<Vec<_>>(), kinds, "{checked:?}");
}

#[test]
fn a_task_has_the_elements_of_r4_and_no_other() {
    // R4 task.html: name, and true where it is a list.
    let elements: [(&str, bool); 22] = [
        ("resourceType", false),
        ("id", false),
        ("meta", false),
        ("extension", true),
        ("basedOn", true),
        ("status", false),
        ("statusReason", false),
        ("intent", false),
        ("code", false),
        ("description", false),
        ("focus", false),
        ("for", false),
        ("executionPeriod", false),
        ("lastModified", false),
        ("owner", false),
        ("reasonReference", false),
        ("note", true),
        ("restriction", false),
        ("input", true),
        ("output", true),
        ("identifier", true),
        ("authoredOn", false),
    ];
    let tasks: Vec<Value> = versions().iter().flat_map(resources).filter(|one| one["resourceType"] == "Task").collect();
    for task in &tasks {
        for (name, value) in task.as_object().unwrap() {
            let (_, list) = elements.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name}"));
            assert_eq!(value.is_array(), *list, "{name}");
        }
        for needed in ["status", "intent", "for", "basedOn", "code"] {
            assert!(task.get(needed).is_some(), "{needed}");
        }
    }
    assert!(tasks.iter().any(|task| task["output"].as_array().is_some_and(|output| output.len() == 3)));
}

#[test]
fn no_element_is_empty_and_no_plan_has_an_activity_in_detail() {
    fn full(value: &Value, path: &str) {
        match value {
            Value::Null => panic!("{path} is null"),
            Value::String(text) => assert!(!text.trim().is_empty(), "{path} is empty"),
            Value::Array(values) => {
                assert!(!values.is_empty(), "{path} is empty");
                values.iter().for_each(|value| full(value, path));
            }
            Value::Object(members) => {
                assert!(!members.is_empty(), "{path} is empty");
                assert!(!path.ends_with(".activity") || !members.contains_key("detail"), "{path}");
                members.iter().for_each(|(name, value)| full(value, &format!("{path}.{name}")));
            }
            Value::Bool(_) | Value::Number(_) => {}
        }
    }
    for resource in versions().iter().flat_map(resources) {
        full(&resource, resource["resourceType"].as_str().unwrap());
    }
}
