//! Without the licence nothing is written, and nothing is looked up for it.

use care_plan_service::rest::endpoints;
use serde_json::json;

use crate::world::{Ask, World};

#[tokio::test]
async fn without_the_licence_every_write_is_refused_before_any_look_up() {
    let world = World::new().await;
    let doctor = world.doctor("bare");
    let mut writes = 0;
    for endpoint in endpoints().into_iter().filter(|endpoint| endpoint.takes.is_some()) {
        let path = endpoint.path.replace(['{', '}'], "");
        for body in [json!({}), json!({ "version": 1, "person": "?", "title": 5 })] {
            let ask = Ask::new(&endpoint.method.to_uppercase(), &path).by(&doctor).json(&body);
            world.send(ask).await.refused(403, "MODULE_NOT_LICENSED");
        }
        let ask = Ask::new(&endpoint.method.to_uppercase(), &path).by(&doctor).with("content-type", "text/plain");
        world.send(ask).await.refused(403, "MODULE_NOT_LICENSED");
        writes += 1;
    }
    assert!(writes >= 20, "{writes} endpoints write");
    assert_eq!(world.documents.asked(), Vec::<&str>::new());
}

#[tokio::test]
async fn without_the_licence_reading_goes_on() {
    let world = World::new().await;
    let listed = world.send(Ask::get("").by(&world.doctor("bare"))).await.must(200);
    assert_eq!(listed.json, json!({ "plans": [] }));
}
