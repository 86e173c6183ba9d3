//! `read` and `vread`.

use access::Role;
use fhir::Target;
use serde_json::Value;
use shared_plan::commands::{Noted, add_note};

use crate::world::{World, caller, nobody, person};

#[tokio::test]
async fn each_resource_of_a_plan_is_read_with_its_version_as_its_tag() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let concern = world.concern(&person(1), "Pain").await;
    for (path, tag) in [
        (format!("/CarePlan/{}", plan.id), "W/\"4\""),
        (format!("/CareTeam/{}", plan.team.id), "W/\"4\""),
        (format!("/Goal/{}", plan.goals[1].id), "W/\"1\""),
        (format!("/Task/{}", plan.activities[0].id), "W/\"1\""),
        (format!("/Condition/{concern}"), "W/\"1\""),
        (format!("/Provenance/Goal.{}.1", plan.goals[1].id), "W/\"1\""),
    ] {
        let got = world.get(&path).await;
        assert_eq!((got.status, got.header("etag")), (200, tag), "{path} {}", got.text);
        assert_eq!(got.header("content-type"), "application/fhir+json; charset=utf-8");
        assert_eq!(got.header("last-modified"), "Sat, 21 Nov 2026 08:00:00 GMT");
        assert_eq!(
            format!("/{}/{}", got.body["resourceType"].as_str().unwrap(), got.body["id"].as_str().unwrap()),
            path
        );
        let again = world.send("GET", &path, "everybody", &[("if-none-match", tag)], "").await;
        assert_eq!((again.status, again.text.as_str(), again.header("etag")), (304, "", tag), "{path}");
    }
    let patient = world.get(&format!("/Patient/{}", person(1))).await;
    assert_eq!(patient.body, serde_json::json!({ "resourceType": "Patient", "id": person(1).as_str() }));
}

#[tokio::test]
async fn every_reference_of_the_surface_leads_somewhere_in_it_or_to_a_known_source() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let mut open = vec![format!("CarePlan/{}", plan.id)];
    let mut read = std::collections::BTreeSet::new();
    while let Some(path) = open.pop() {
        if !read.insert(path.clone()) {
            continue;
        }
        let got = world.get(&format!("/{path}")).await;
        assert_eq!(got.status, 200, "{path}");
        references(&got.body, &mut |reference| match Target::parse(reference) {
            Target::Relative { .. } => open.push(reference.to_owned()),
            Target::Absolute { base, .. } => assert_eq!(base, "https://valley.example/fhir"),
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(read.len(), 6, "the plan, its team, two goals, a task and the patient: {read:?}");
}

fn references(value: &Value, found: &mut dyn FnMut(&str)) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        Value::Object(members) => {
            if let Some(text) = members.get("reference").and_then(Value::as_str) {
                found(text);
            }
            members.values().for_each(|value| references(value, found));
        }
        _ => {}
    }
}

#[tokio::test]
async fn a_version_of_a_part_is_read_as_it_was() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let (first, second) = (plan.goals[0].id, plan.goals[1].id);
    let by = caller("north", Role::Clinician, None);
    let mut now = plan.clone();
    for (goal, text) in [(first, "one"), (second, "two"), (first, "three")] {
        world.later(60);
        now = world.change(&by, &now, |plan, act| add_note(plan, Noted::Goal(goal), text, act)).await;
    }
    let notes = |got: &crate::world::Got| got.body["note"].as_array().map_or(0, Vec::len);
    for (version, expected) in [(1, 0), (2, 1), (3, 2)] {
        let got = world.get(&format!("/Goal/{first}/_history/{version}")).await;
        assert_eq!((got.status, notes(&got)), (200, expected), "{}", got.text);
        assert_eq!(got.header("etag"), format!("W/\"{version}\""));
        assert_eq!(got.body["meta"]["versionId"], version.to_string());
    }
    let plan_then = world.get(&format!("/CarePlan/{}/_history/2", plan.id)).await;
    assert_eq!(plan_then.body["goal"].as_array().unwrap().len(), 1);
    for version in ["0", "4", "04", "x", "-1", "99999999999999999999999"] {
        world.get(&format!("/Goal/{first}/_history/{version}")).await.refused(404);
    }
    world.get(&format!("/CarePlan/{}/_history/8", plan.id)).await.refused(404);
    world.get(&format!("/Patient/{}/_history/1", person(1))).await.refused(404);
}

#[tokio::test]
async fn versions_that_were_made_at_one_moment_are_told_apart() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 2).await;
    let by = caller("north", Role::Clinician, None);
    let goal = plan.goals[0].id;
    let mut now = plan.clone();
    for text in ["one", "two", "three"] {
        now = world.change(&by, &now, |plan, act| add_note(plan, Noted::Goal(goal), text, act)).await;
    }
    let history = world.get(&format!("/Goal/{goal}/_history")).await;
    let entries = history.body["entry"].as_array().unwrap();
    let versions: Vec<&str> =
        entries.iter().map(|one| one["resource"]["meta"]["versionId"].as_str().unwrap()).collect();
    assert_eq!(versions, ["4", "3", "2", "1"]);
    let told = world.get(&format!("/Provenance?target=Goal/{goal}")).await;
    assert_eq!(told.named("match").len(), 4, "{}", told.text);
}

#[tokio::test]
async fn what_is_not_there_is_404_whatever_the_id() {
    let world = World::new().await;
    world.plan("north", &person(1), "Diabetes", 1).await;
    for kind in ["CarePlan", "Goal", "Task", "ServiceRequest", "CareTeam", "Condition", "Provenance", "Patient"] {
        for id in [nobody(), "17".to_owned(), person(9).to_string(), "ABCDEF0123456789ABCDEF0123456789".to_owned()] {
            assert_eq!(world.get(&format!("/{kind}/{id}")).await.refused(404)["code"], "not-found");
        }
    }
    assert_eq!(world.get("/Observation/17").await.refused(404)["code"], "not-supported");
    assert_eq!(world.get("/Nothing/17").await.refused(404)["code"], "not-supported");
    world.get("/Patient/17/$everything").await.refused(404);
}
