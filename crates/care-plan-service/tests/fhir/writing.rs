//! Nothing is written by FHIR.

use crate::world::{World, person};

#[tokio::test]
async fn every_write_is_405_says_what_is_allowed_and_asks_the_store_nothing() {
    let world = World::new().await;
    let plan = world.plan("north", &person(1), "Diabetes", 1).await;
    let one = format!("/CarePlan/{}", plan.id);
    world.store.asked();
    let body = r#"{"resourceType":"CarePlan"}"#;
    let json = [("content-type", "application/fhir+json")];
    for (method, path) in [
        ("POST", "/"),
        ("POST", ""),
        ("POST", "/CarePlan"),
        ("PUT", &one),
        ("PATCH", &one),
        ("DELETE", &one),
        ("PUT", "/CarePlan?identifier=a|b"),
        ("DELETE", "/Observation/17"),
        ("POST", "/metadata"),
        ("POST", "/Patient/$match"),
        ("OPTIONS", "/CarePlan"),
        ("TRACE", "/CarePlan"),
    ] {
        let got = world.send(method, path, "everybody", &json, body).await;
        assert_eq!(got.refused(405)["code"], "not-supported", "{method} {path}");
        assert_eq!(got.header("allow"), "GET, HEAD", "{method} {path}");
    }
    assert_eq!(world.store.asked(), [""; 0]);
    let after = world.get(&one).await;
    assert_eq!(after.header("etag"), "W/\"3\"");
}
