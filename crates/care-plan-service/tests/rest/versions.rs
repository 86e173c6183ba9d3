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
