//! What a plan points at is of the same person.

use serde_json::{Value, json};

use crate::world::{Ask, Got, OTHER, PERSON, World};

const NEVER: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";

async fn concern(world: &World, token: &str, person: &str) -> String {
    let new = json!({ "person": person, "description": { "text": "Pain" } });
    world.send(Ask::post("/concerns").by(token).json(&new)).await.must(201).id()
}

/// Every request that lets a plan point at something, and the field in which it does.
fn asks(plan: &str, goal: &str, activity: &str, pointer: &Value) -> Vec<(Ask, &'static str)> {
    let said = json!({ "text": "Said" });
    let list = json!([pointer]);
    vec![
        (Ask::post("").json(&json!({ "person": PERSON, "title": "New", "addresses": list })), "/addresses/0"),
        (
            Ask::put(&format!("/{plan}")).json(&json!({ "version": 3, "title": "Now", "addresses": list })),
            "/addresses/0",
        ),
        (
            Ask::post(&format!("/{plan}/goals")).json(&json!({ "version": 3, "description": said, "addresses": list })),
            "/addresses/0",
        ),
        (
            Ask::put(&format!("/{plan}/goals/{goal}"))
                .json(&json!({ "version": 3, "description": said, "addresses": list })),
            "/addresses/0",
        ),
        (
            Ask::post(&format!("/{plan}/activities"))
                .json(&json!({ "version": 3, "description": said, "reasons": list })),
            "/reasons/0",
        ),
        (
            Ask::put(&format!("/{plan}/activities/{activity}"))
                .json(&json!({ "version": 3, "description": said, "reasons": list })),
            "/reasons/0",
        ),
    ]
}

/// A plan with a goal and an activity, at version 3.
async fn plan(world: &World, token: &str) -> (String, String, String) {
    let plan = world.plan(token, "Plan").await.id();
    let part = |got: Got, name: &str| got.must(201).json[name]["id"].as_str().unwrap().to_owned();
    let said = |version: u64| json!({ "version": version, "description": { "text": "Said" } });
    let goal = world.send(Ask::post(&format!("/{plan}/goals")).by(token).json(&said(1))).await;
    let activity = world.send(Ask::post(&format!("/{plan}/activities")).by(token).json(&said(2))).await;
    (plan, part(goal, "goal"), part(activity, "activity"))
}

#[tokio::test]
async fn a_plan_could_point_at_another_persons_concern() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (one, goal, activity) = plan(&world, &doctor).await;
    let theirs = concern(&world, &doctor, OTHER).await;
    let pointer = |id: &str| {
        [json!({ "concern": id }), json!({ "foreign": { "source": "shared-plan", "kind": "Condition", "id": id } })]
    };
    for (theirs, none) in pointer(&theirs).iter().zip(pointer(NEVER)) {
        let asks = |pointer| asks(&one, &goal, &activity, pointer);
        for ((of_theirs, field), (of_none, _)) in asks(theirs).into_iter().zip(asks(&none)) {
            world.documents.asked();
            let told = world.send(of_theirs.by(&doctor)).await.refused(422, "INVALID_CONTENT");
            assert_eq!(told.field(), (field, "points-nowhere"), "{}", told.text);
            let asked = world.documents.asked();
            assert_eq!(world.send(of_none.by(&doctor)).await, told, "as what never was");
            assert_eq!(world.documents.asked(), asked);
        }
    }
    let plan = world.send(Ask::get(&format!("/{one}")).by(&doctor)).await.must(200);
    assert_eq!(plan.version(), 3);
}

#[tokio::test]
async fn a_plan_points_at_its_own_persons_concern_and_keeps_pointing() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (one, goal, activity) = plan(&world, &doctor).await;
    let own = concern(&world, &doctor, PERSON).await;
    let mut version = 3;
    for (ask, _) in asks(&one, &goal, &activity, &json!({ "concern": own })) {
        let is_new = ask.target.ends_with("/care-plans");
        let mut body: Value = serde_json::from_slice(&ask.body).unwrap();
        if !is_new {
            body["version"] = json!(version);
        }
        let got = world.send(Ask { body: body.to_string().into_bytes(), ..ask }.by(&doctor)).await;
        assert!(matches!(got.status, 200 | 201), "{}", got.text);
        version += u64::from(!is_new);
    }
    assert_eq!(version, 8);
}

/// A plan that takes the place of another one of ours, and one that was done by what another person's plan holds.
#[tokio::test]
async fn a_plan_could_take_the_place_of_another_persons_plan() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let new = json!({ "person": OTHER, "title": "Theirs" });
    let theirs = world.send(Ask::post("").by(&doctor).json(&new)).await.must(201).id();
    let own = world.plan(&doctor, "Own").await.id();
    let replacing = |id: &str| {
        let one = json!({ "source": "shared-plan", "kind": "CarePlan", "id": id });
        Ask::post("").by(&doctor).json(&json!({ "person": PERSON, "title": "New", "replaces": [one] }))
    };
    let refused = world.send(replacing(&theirs)).await.refused(422, "INVALID_CONTENT");
    assert_eq!(refused.field(), ("/replaces/0", "points-nowhere"));
    world.send(replacing(&own)).await.must(201);
}
