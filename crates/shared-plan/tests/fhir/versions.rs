//! A resource changes only when its version does, so that a version, an ETag and a 304 mean what they say.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::world::{resources, versions};

#[test]
fn two_resources_of_one_version_are_the_same_whatever_else_in_the_plan_has_changed() {
    let mut seen: BTreeMap<(String, String, String), Value> = BTreeMap::new();
    let mut numbers: BTreeMap<String, u64> = BTreeMap::new();
    for plan in versions() {
        for resource in resources(&plan) {
            let text = |pointer: &str| resource.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
            let key = (text("/resourceType"), text("/id"), text("/meta/versionId"));
            if key.0 == "Patient" {
                continue;
            }
            let number: u64 = key.2.parse().unwrap();
            let last = numbers.insert(key.1.clone(), number);
            assert!(last.unwrap_or(0) <= number && number <= last.unwrap_or(0) + 1, "{key:?} after {last:?}");
            if let Some(before) = seen.insert(key.clone(), resource.clone()) {
                assert_eq!(before, resource, "{key:?}");
            }
        }
    }
    let of = |kind: &str| seen.keys().filter(|key| key.0 == kind).count();
    assert!(of("Goal") > 8 && of("Task") > 8 && of("CareTeam") > 8, "the parts have changed");
}

#[test]
fn the_time_of_a_version_is_the_time_of_its_change() {
    let all = versions();
    let last = all.last().unwrap();
    for resource in resources(last) {
        let id = resource["id"].as_str().unwrap();
        let goal = last.goals.iter().find(|goal| goal.id.to_string() == id).map(|goal| goal.at);
        let activity = last.activities.iter().find(|one| one.id.to_string() == id).map(|one| one.at);
        let at = goal.or(activity).unwrap_or(last.at).to_string();
        if resource["resourceType"] != "Patient" {
            assert_eq!(resource["meta"]["lastUpdated"], at, "{id}");
        }
    }
}
