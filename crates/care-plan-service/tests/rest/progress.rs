//! Who does what, how far it is reached, and whether a review is due.

use serde_json::json;

use crate::world::{Ask, World};

#[tokio::test]
async fn an_activity_is_added_with_somebody_of_the_team_to_do_it() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let member = json!({ "version": 1, "name": "Ada Moss" });
    let team = world.send(Ask::post(&format!("/{plan}/team/members")).by(&doctor).json(&member)).await.must(201);
    let member = team.json["team"]["members"][0]["id"].clone();
    let activities = || Ask::post(&format!("/{plan}/activities")).by(&doctor);
    let walk = json!({ "version": 2, "description": { "text": "Walk" }, "member": member });
    let added = world.send(activities().json(&walk)).await.must(201);
    assert_eq!((&added.json["activity"]["assigned"], added.version()), (&member, 3));
    let stranger = json!({ "version": 3, "description": { "text": "Walk" }, "member": "f".repeat(32) });
    let refused = world.send(activities().json(&stranger)).await;
    assert!((400..500).contains(&refused.status), "{}", refused.text);
}

#[tokio::test]
async fn what_was_judged_by_mistake_is_corrected() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let goal = json!({ "version": 1, "status": "active", "description": { "text": "HbA1c below 7.5 %" } });
    let goal = world.send(Ask::post(&format!("/{plan}/goals")).by(&doctor).json(&goal)).await.must(201);
    let place = goal.header("location").strip_prefix("/api/v1/care-plans").unwrap().to_owned();
    let judge = |body: serde_json::Value| Ask::post(&format!("{place}/achievement")).by(&doctor).json(&body);
    let early = json!({ "version": 2, "achievement": "achieved", "correction": true });
    let early = world.send(judge(early)).await;
    assert!((400..500).contains(&early.status), "nothing was said that could be corrected: {}", early.text);
    world.send(judge(json!({ "version": 2, "achievement": "achieved" }))).await.must(200);
    let corrected = json!({ "version": 3, "achievement": "improving", "correction": true, "reason": "other person" });
    let corrected = world.send(judge(corrected)).await.must(200);
    assert_eq!(corrected.json["goal"]["achievement"]["status"], "improving");
}

#[tokio::test]
async fn a_plan_says_whether_its_review_is_due_beside_its_one_word() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await;
    assert_eq!((&plan.json["workflow"], &plan.json["review_due"]), (&json!("draft"), &json!(false)));
    let listed = world.send(Ask::get("").by(&doctor)).await.must(200);
    assert_eq!(listed.json["plans"][0]["review_due"], json!(false));
}
