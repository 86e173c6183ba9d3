//! What a person shares with the care team is reached by a coordinator's token too, and only as long.

use serde_json::json;

use super::stage::*;
use crate::support::browser::Browser;
use crate::support::program::{PLANS, Program};
use crate::support::world::World;

#[tokio::test]
async fn a_coordinators_token_reaches_a_person_from_their_consent_to_their_taking_back() {
    let world = World::licensed().await;
    let mine = Browser::new();
    let home = at_home(&world, &mine, "marisol").await;
    let about = json!({ "patient": patient(VALLEY) });
    let named = Program::new(&world, "okoro", "coordinator", &about);
    let new = json!({ "patient": { "source": VALLEY, "id": patient(VALLEY) }, "title": "Diabetes and kidneys" });
    let plan = named.post(PLANS, new.clone()).await.must(201).id().to_owned();

    let coordinator = Program::new(&world, "okoro", "coordinator", &json!({}));
    let reached = async || {
        let fhir = coordinator.get(&format!("/fhir/r4/CarePlan/{plan}")).await.status;
        let listed = coordinator.get(PLANS).await.must(200).json["plans"].as_array().map(Vec::len);
        (coordinator.get(&format!("{PLANS}/{plan}")).await.status, fhir, listed)
    };
    assert_eq!(reached().await, (404, 404, Some(0)));
    coordinator.post(PLANS, new).await.must(422);
    share(&mine, &home, VALLEY, "marisol", "").await;
    assert_eq!(reached().await, (200, 200, Some(1)));
    let told = take_back(&mine, &home).await;
    assert!(told.text.contains("is taken back"), "{}", told.text);
    assert_eq!(reached().await, (404, 404, Some(0)));
}
