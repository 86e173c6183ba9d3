//! Nobody's change is written over.

use serde_json::json;

use crate::world::{Ask, OTHER, PERSON, World};

#[tokio::test]
async fn a_write_carries_the_version_that_was_seen() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let put = || Ask::put(&format!("/{plan}")).by(&doctor);
    let body = json!({ "title": "Two" });
    world.send(put().json(&body)).await.refused(428, "VERSION_MISSING");
    world.send(put().json(&body).with("if-match", "*")).await.refused(428, "VERSION_MISSING");
    let both = json!({ "title": "Two", "version": 1 });
    world.send(put().json(&both).with("if-match", "\"2\"")).await.refused(400, "VERSION_AMBIGUOUS");
    for tag in ["1", "W/\"1\"", "\"one\"", "\"01\"", "\"-1\"", "\"1\", \"2\"", "\"99999999999999999999\""] {
        world.send(put().json(&body).with("if-match", tag)).await.refused(400, "INVALID_PARAMETER");
    }
    let twice = put().json(&body).with("if-match", "\"1\"").with("if-match", "\"1\"");
    world.send(twice).await.refused(400, "INVALID_PARAMETER");

    let saved = world.send(put().json(&both).with("if-match", "\"1\"")).await.must(200);
    assert_eq!((saved.version(), saved.header("etag")), (2, "\"2\""));
    let stale = world.send(put().json(&both)).await.refused(409, "VERSION_STALE");
    assert_eq!((stale.version(), stale.header("etag")), (2, "\"2\""));
    let from_afar = json!({ "title": "Three", "version": 17 });
    world.send(put().json(&from_afar)).await.refused(409, "VERSION_STALE");
}

#[tokio::test]
async fn what_changes_nothing_makes_no_version() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let same = Ask::put(&format!("/{plan}")).by(&doctor).json(&json!({ "title": "One", "version": 1 }));
    assert_eq!(world.send(same).await.must(200).version(), 1);
}

/// schemathesis sent a version of forty digits, which the description allowed and no version has.
#[tokio::test]
async fn the_description_allowed_versions_in_if_match_that_were_then_refused() {
    let document = care_plan_service::rest::openapi::document();
    let parameters = &document["paths"]["/api/v1/care-plans/{plan}/activate"]["post"]["parameters"];
    let header = parameters.as_array().unwrap().iter().find(|one| one["name"] == "If-Match").unwrap();
    let allowed = jsonschema::draft202012::new(&header["schema"]).unwrap();
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "Diabetes").await.id();
    for digits in [1, 17, 18, 19, 20, 40] {
        let tag = format!("\"{}\"", "9".repeat(digits));
        let ask = Ask::post(&format!("/{plan}/activate")).by(&doctor).with("if-match", &tag);
        let taken = world.send(ask).await.status != 400;
        assert!(taken || !allowed.is_valid(&serde_json::json!(tag)), "{tag} is allowed and refused");
    }
    assert!(allowed.is_valid(&serde_json::json!("\"1\"")) && !allowed.is_valid(&serde_json::json!("\"0\"")));
}

/// A program that reaches both had read it as one person's; its goal stood in the other's plan then.
#[tokio::test]
async fn a_change_was_taken_for_a_plan_that_had_become_another_persons_since_it_was_read() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let concern = json!({ "person": PERSON, "description": { "text": "Pain" } });
    let concern = world.send(Ask::post("/concerns").by(&doctor).json(&concern)).await.must(201).id();
    world.settle_as_anothers().await;
    let goal = |version: u64| json!({ "version": version, "description": { "text": "For the person" } });
    let goals = || Ask::post(&format!("/{plan}/goals")).by(&doctor);
    let changed = json!({ "version": 1, "description": { "text": "Less" } });
    for late in [
        goals().json(&goal(1)),
        goals().json(&json!({ "description": { "text": "x" } })).with("if-match", "\"1\""),
        Ask::put(&format!("/{plan}")).by(&doctor).json(&json!({ "version": 1, "title": "Two" })),
        Ask::put(&format!("/concerns/{concern}")).by(&doctor).json(&changed),
    ] {
        let stale = world.send(late).await.refused(409, "VERSION_STALE");
        assert_eq!((stale.version(), stale.header("etag")), (2, "\"2\""));
    }
    let now = world.send(Ask::get(&format!("/{plan}")).by(&doctor)).await.must(200);
    assert_eq!((now.version(), now.header("etag"), &now.json["person"]), (2, "\"2\"", &json!(OTHER)));
    assert_eq!(now.json.get("goals").and_then(|goals| goals.as_array()).map_or(0, Vec::len), 0);
    let versions = world.send(Ask::get(&format!("/{plan}/versions")).by(&doctor)).await.must(200);
    let why: Vec<_> = versions.json["versions"].as_array().unwrap().iter().map(|one| &one["moved"]).collect();
    assert_eq!(why, [&json!("settled"), &json!(null)]);
    let compared = world.send(Ask::get(&format!("/{plan}/compare?from=1&to=2")).by(&doctor)).await.must(200);
    assert_eq!(compared.json["differences"], json!([]), "{}", compared.text);
    world.send(goals().json(&goal(2))).await.must(201);
}
