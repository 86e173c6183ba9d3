//! What the Bundle says on top of what it carries: labels, which copy, what is in force, what must not be done.

use care_plan::snapshot::Snapshot;
use sample_data::Server;
use serde_json::{Value, json};

use crate::world::{care_plan, entries, exported, snapshot};

fn of(resources: &[Value]) -> Snapshot {
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    snapshot(&[Server::new("https://a.example/fhir", [&[patient], resources].concat())])
}

fn label(resource: &Value) -> Option<&str> {
    resource["meta"]["security"][0]["code"].as_str()
}

#[test]
fn a_label_on_what_is_no_part_of_the_plan_is_on_the_bundle_too() {
    let paper = json!({ "resourceType": "DocumentReference", "id": "1", "status": "current",
        "meta": { "security": [{ "code": "R" }] } });
    let (_, bundle) = exported(&of(&[paper]));
    assert_eq!(label(&bundle), Some("R"));
}

#[test]
fn the_plan_that_tells_of_a_labelled_record_carries_its_label() {
    let concern = json!({ "resourceType": "Condition", "id": "1", "code": { "text": "Alcohol use" },
        "meta": { "security": [{ "code": "ETH" }] } });
    let detail = json!({ "detail": { "status": "in-progress", "code": { "text": "Counselling" } } });
    let source = json!({ "resourceType": "CarePlan", "id": "2", "status": "active", "intent": "plan",
        "activity": [detail], "meta": { "security": [{ "code": "ETH" }] } });
    let (_, bundle) = exported(&of(&[concern, source]));
    assert_eq!(label(care_plan(&bundle)), Some("R"), "its narrative names the concern");
    let made = entries(&bundle).into_iter().find(|(_, one)| one["resourceType"] == "ServiceRequest").expect("it").1;
    assert_eq!(label(made), Some("R"));
}

#[test]
fn of_two_copies_the_one_that_the_plan_was_made_of_goes_out() {
    let copy = |version: &str, title: &str| {
        json!({ "resourceType": "Goal", "id": "1", "lifecycleStatus": "active", "description": { "text": title },
            "meta": { "versionId": version, "lastUpdated": format!("2026-0{version}-01T00:00:00Z") } })
    };
    let (plan, bundle) = exported(&of(&[copy("2", "A newer one"), copy("1", "Older")]));
    let goal = entries(&bundle).into_iter().find(|(_, one)| one["resourceType"] == "Goal").expect("the goal").1;
    assert_eq!(goal["description"]["text"], plan.goals[0].item.title);
}

#[test]
fn what_a_record_took_back_is_not_addressed_nor_pursued_nor_under_way() {
    let status = |code: &str| json!({ "coding": [{ "code": code }] });
    let shared = json!([{ "system": "urn:hie", "value": "1" }]);
    let with = |id: &str, more: Value| {
        let mut one = json!({ "id": id, "identifier": shared });
        one.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        one
    };
    let at = |base: &str, refuted: bool| {
        let verification = status(if refuted { "refuted" } else { "confirmed" });
        let all = vec![
            json!({ "resourceType": "Patient", "id": "p" }),
            with(
                "c",
                json!({ "resourceType": "Condition", "verificationStatus": verification, "code": { "text": "Gout" } }),
            ),
            with(
                "g",
                json!({ "resourceType": "Goal", "lifecycleStatus": if refuted { "cancelled" } else { "active" } }),
            ),
            with(
                "s",
                json!({ "resourceType": "ServiceRequest", "intent": "order",
                "status": if refuted { "revoked" } else { "active" } }),
            ),
        ];
        Server::new(base, all)
    };
    let (_, bundle) = exported(&snapshot(&[at("https://a.example/fhir", false), at("https://b.example/fhir", true)]));
    let plan = care_plan(&bundle);
    let one = |list: &Value, name: &str| {
        let list = list.as_array().expect("a list");
        assert_eq!(list.len(), 1, "{list:?}");
        list[0].pointer(name).and_then(Value::as_str).map(str::to_owned)
    };
    assert_eq!(one(&plan["addresses"], "/reference").as_deref(), Some("https://a.example/fhir/Condition/c"));
    assert_eq!(one(&plan["goal"], "/reference").as_deref(), Some("https://a.example/fhir/Goal/g"));
    assert_eq!(
        one(&plan["activity"], "/reference/reference").as_deref(),
        Some("https://a.example/fhir/ServiceRequest/s")
    );
}

#[test]
fn an_activity_that_is_prohibited_goes_out_as_one_that_must_not_be_done() {
    let detail = json!({ "detail": { "status": "in-progress", "doNotPerform": true, "code": { "text": "Lifting" } } });
    let source =
        json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "intent": "plan", "activity": [detail] });
    let (_, bundle) = exported(&of(&[source]));
    let made = entries(&bundle).into_iter().find(|(_, one)| one["resourceType"] == "ServiceRequest").expect("it").1;
    assert_eq!((&made["doNotPerform"], &made["code"]["text"]), (&json!(true), &json!("Lifting")));
}
