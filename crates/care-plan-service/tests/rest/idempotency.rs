//! What is asked again is not done again.

use serde_json::json;

use crate::world::{Ask, PERSON, World};

#[tokio::test]
async fn a_repeated_request_gets_the_same_answer_and_does_nothing() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let new = || {
        let body = json!({ "person": PERSON, "title": "Once" });
        Ask::post("").by(&doctor).json(&body).with("idempotency-key", "a key")
    };
    let first = world.send(new()).await.must(201);
    let again = world.send(new()).await.must(201);
    assert_eq!((again.header("idempotent-replayed"), first.header("idempotent-replayed")), ("true", ""));
    assert_eq!((&again.json, again.header("location")), (&first.json, first.header("location")));
    assert_eq!(world.send(Ask::get("").by(&doctor)).await.json["plans"].as_array().unwrap().len(), 1);

    let plan = first.id();
    let goal = || {
        let body = json!({ "version": 1, "description": { "text": "A goal" } });
        Ask::post(&format!("/{plan}/goals")).by(&doctor).json(&body).with("idempotency-key", "another")
    };
    let first = world.send(goal()).await.must(201);
    let later = json!({ "version": 2, "description": { "text": "Another goal" } });
    world.send(Ask::post(&format!("/{plan}/goals")).by(&doctor).json(&later)).await.must(201);
    let again = world.send(goal()).await.must(201);
    assert_eq!(again.json, first.json, "as it was answered then, whatever came since");
    assert_eq!(world.send(Ask::get(&format!("/{plan}")).by(&doctor)).await.version(), 3);
}

#[tokio::test]
async fn a_key_for_something_else_is_refused_and_belongs_to_one_user_and_one_path() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let new = |token: &str, title: &str| {
        let body = json!({ "person": PERSON, "title": title });
        Ask::post("").by(token).json(&body).with("idempotency-key", "k")
    };
    let plan = world.send(new(&doctor, "One")).await.must(201).id();
    world.send(new(&doctor, "Two")).await.refused(422, "KEY_REUSED");
    let colleague = world.token("valley", "doctor-2", "doctor", json!({}));
    world.send(new(&colleague, "Two")).await.must(201);
    world.send(new(&world.doctor("hill"), "One")).await.must(201);
    let elsewhere = json!({ "version": 1, "title": "Two" });
    let put = |token: &str, body| Ask::put(&format!("/{plan}")).by(token).json(body).with("idempotency-key", "k");
    world.send(put(&doctor, &elsewhere)).await.must(200);
    let by_header = Ask::put(&format!("/{plan}")).by(&doctor).json(&json!({ "title": "Two" }));
    let by_header = by_header.with("idempotency-key", "k").with("if-match", "\"1\"");
    world.send(by_header).await.refused(422, "KEY_REUSED");
}

#[tokio::test]
async fn a_key_is_1_to_255_visible_characters() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    for key in ["", "clé", "a\tb", &"k".repeat(256)] {
        let body = json!({ "person": PERSON, "title": "One" });
        let ask = Ask::post("").by(&doctor).json(&body).with("idempotency-key", key);
        world.send(ask).await.refused(400, "INVALID_PARAMETER");
    }
    let twice = Ask::post("").by(&doctor).json(&json!({ "person": PERSON, "title": "One" }));
    let twice = twice.with("idempotency-key", "a").with("idempotency-key", "b");
    world.send(twice).await.refused(400, "INVALID_PARAMETER");
}
