//! Every reference leads somewhere, or says what it would lead to.

use std::collections::BTreeSet;

use fhir::Target;
use serde_json::Value;
use shared_plan::fhir::OWN;

use crate::world::{resources, versions};

/// Calls `found` with every object that is a Reference.
fn references<'v>(value: &'v Value, found: &mut dyn FnMut(&'v Value)) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::Object(members) => {
            let is_reference =
                members.contains_key("reference") || members.contains_key("display") && !members.contains_key("code");
            if is_reference {
                found(value);
            }
            members.values().for_each(|value| references(value, found));
        }
        _ => {}
    }
}

#[test]
fn nothing_dangles_within_the_resources_of_a_plan() {
    for plan in versions() {
        let all = resources(&plan);
        let name = |one: &Value| format!("{}/{}", one["resourceType"].as_str().unwrap(), one["id"].as_str().unwrap());
        let names: BTreeSet<String> = all.iter().map(name).collect();
        assert_eq!(names.len(), all.len(), "each once");
        for resource in &all {
            references(resource, &mut |reference| {
                let Some(text) = reference["reference"].as_str() else { return };
                // A concern is a document of its own; a plan that was replaced is another.
                let elsewhere = text.starts_with("Condition/") || text == format!("CarePlan/{}", "a".repeat(32));
                match Target::parse(text) {
                    Target::Relative { .. } => assert!(names.contains(text) || elsewhere, "{text}"),
                    Target::Absolute { base, .. } => assert!(base.starts_with("https://valley.example/"), "{text}"),
                    other => panic!("{other:?}"),
                }
            });
        }
    }
}

#[test]
fn a_reference_without_an_address_has_an_identifier_or_a_name() {
    let plan = versions().pop().unwrap();
    let mut logical = 0;
    for resource in resources(&plan) {
        references(&resource, &mut |reference| {
            if reference.get("reference").is_none() {
                assert!(reference.get("display").is_some(), "{reference}");
                logical += usize::from(reference.get("identifier").is_some());
            }
        });
    }
    assert!(logical > 0, "a source whose address is not known was referred to");
}

#[test]
fn the_plan_points_at_its_parts_and_they_point_back() {
    let plan = versions().pop().unwrap();
    let all = resources(&plan);
    let of = |kind: &str| all.iter().filter(|one| one["resourceType"] == kind).collect::<Vec<_>>();
    let care_plan = of("CarePlan")[0];
    let named = |pointer: &str| care_plan[pointer].as_array().unwrap().len();
    // What was entered in error can be read, and is not part of the plan.
    assert_eq!((of("Goal").len(), named("goal")), (3, 2));
    assert_eq!((of("Task").len(), named("activity")), (2, 1));
    assert_eq!(care_plan["careTeam"][0]["reference"], format!("CareTeam/{}", plan.team.id));
    assert_eq!(care_plan["replaces"][1]["reference"], format!("CarePlan/{}", "a".repeat(32)), "{OWN}");
    for task in of("Task") {
        assert_eq!(task["basedOn"][0]["reference"], format!("CarePlan/{}", plan.id));
        let goals = task["extension"].as_array().unwrap().iter();
        let goals: Vec<&str> = goals
            .filter(|one| one["url"] == "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal")
            .map(|one| one["valueReference"]["reference"].as_str().unwrap())
            .collect();
        assert_eq!(goals, [format!("Goal/{}", plan.goals[0].id), format!("Goal/{}", plan.goals[1].id)]);
    }
}
