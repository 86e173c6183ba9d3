//! Nobody's change is written over.

use serde_json::json;

use crate::world::{Ask, World};

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
