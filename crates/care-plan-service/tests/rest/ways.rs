//! Whose plans somebody of the care team reaches who has named nobody.

use std::sync::atomic::Ordering;

use access::policy::Way;
use serde_json::{Value, json};

use crate::world::{Ask, OTHER, PERSON, World};

const NEVER: &str = "5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e5e";

/// A clinician and a coordinator.
fn team(world: &World) -> [String; 2] {
    [world.doctor("valley"), world.token("valley", "coordinator-1", "coordinator", json!({}))]
}

#[tokio::test]
async fn by_each_way_each_role_of_the_team_reaches_whom_the_policy_says() {
    let world = World::new().await;
    let plan = world.plan(&world.doctor("valley"), "Of the person").await.id();
    for (way, clinician, coordinator) in [
        (Way::Treatment, true, false),
        (Way::SharedGrant, true, true),
        (Way::Backend, true, true),
        (Way::None, false, false),
    ] {
        world.ways.set(PERSON, way);
        for (token, reached) in team(&world).iter().zip([clinician, coordinator]) {
            let status = if reached { 200 } else { 404 };
            let read = world.send(Ask::get(&format!("/{plan}")).by(token)).await;
            assert_eq!(read.status, status, "{way:?} {}", read.text);
            for query in ["", &format!("?person={PERSON}")] {
                let listed = world.send(Ask::get(query).by(token)).await.must(200);
                assert_eq!(listed.json["plans"].as_array().unwrap().is_empty(), !reached, "{way:?}");
            }
            let new = json!({ "person": PERSON, "title": "Another" });
            let made = world.send(Ask::post("").by(token).json(&new)).await;
            if reached {
                made.must(201);
            } else {
                assert_eq!(made.refused(422, "INVALID_CONTENT").field(), ("/person", "points-nowhere"));
            }
        }
    }
}

#[tokio::test]
async fn whom_no_way_leads_to_is_answered_as_who_never_was() {
    let world = World::new().await;
    let plan = world.plan(&world.doctor("valley"), "Of the person").await.id();
    world.ways.set(PERSON, Way::None);
    for token in team(&world) {
        for (method, tail, body) in [
            ("GET", "", None),
            ("GET", "/versions", None),
            ("GET", "/goals", None),
            ("POST", "/goals", Some(json!({ "version": 1, "description": { "text": "x" } }))),
            ("POST", "/close", Some(json!({ "version": 1, "status": "revoked", "reason": "x" }))),
        ] {
            let ask = |id: &str| {
                let ask = Ask::new(method, &format!("/{id}{tail}")).by(&token);
                body.iter().fold(ask, |ask, body| ask.json(body))
            };
            world.documents.asked();
            let hidden = world.send(ask(&plan)).await;
            let of_hidden = world.documents.asked();
            let never = world.send(ask(NEVER)).await;
            assert_eq!((hidden.status, &hidden), (404, &never), "{method} {tail}");
            assert_eq!(of_hidden, world.documents.asked(), "{method} {tail}");
        }
    }
}

#[tokio::test]
async fn a_way_that_is_taken_away_hides_the_plan_at_the_next_request() {
    let world = World::new().await;
    let [_, coordinator] = team(&world);
    let plan = world.plan(&coordinator, "Shared").await.id();
    world.send(Ask::get(&format!("/{plan}")).by(&coordinator)).await.must(200);
    world.ways.set(PERSON, Way::None);
    world.send(Ask::get(&format!("/{plan}")).by(&coordinator)).await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_page_is_full_though_most_plans_are_of_people_whom_no_way_leads_to() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    for number in 0..30 {
        let person = if number % 10 == 0 { PERSON } else { OTHER };
        let new = json!({ "person": person, "title": format!("Plan {number}") });
        world.send(Ask::post("").by(&doctor).json(&new)).await.must(201);
    }
    world.ways.set(OTHER, Way::None);
    let first = world.send(Ask::get("?limit=2").by(&doctor)).await.must(200);
    assert_eq!(first.json["plans"].as_array().unwrap().len(), 2);
    let next = first.json["next"].as_str().unwrap();
    let last = world.send(Ask::get(&format!("?limit=2&cursor={next}")).by(&doctor)).await.must(200);
    assert_eq!((last.json["plans"].as_array().unwrap().len(), last.json.get("next")), (1, None));
    let titles = format!("{}{}", first.text, last.text);
    assert!(!titles.contains(OTHER), "{titles}");
}

#[tokio::test]
async fn a_patient_of_nobody_was_known_from_one_out_of_reach_by_what_was_asked() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    world.ways.set(PERSON, Way::None);
    world.ways.set(OTHER, Way::None);
    let asked = || [&world.links.0, &world.links.1, &world.ways.1].map(|count| count.swap(0, Ordering::Relaxed));
    for (out_of_reach, of_nobody, field) in [
        (
            json!({ "patient": { "source": "valley-ehr", "id": "p1" } }),
            json!({ "patient": { "source": "valley-ehr", "id": "p2" } }),
            "/patient",
        ),
        (json!({ "person": OTHER }), json!({ "person": NEVER }), "/person"),
    ] {
        let told = async |whose: &Value| {
            asked();
            let mut new = whose.clone();
            new["title"] = json!("New");
            let got = world.send(Ask::post("").by(&doctor).json(&new)).await.refused(422, "INVALID_CONTENT");
            assert_eq!(got.field(), (field, "points-nowhere"));
            (got, asked())
        };
        let (theirs, none) = (told(&out_of_reach).await, told(&of_nobody).await);
        assert_eq!(theirs, none);
        assert_eq!((theirs.1[1], theirs.1[2]), (0, 1), "nothing is brought to whom no way leads, and the way is asked");
    }
    world.ways.set(PERSON, Way::Treatment);
    asked();
    let new = json!({ "patient": { "source": "valley-ehr", "id": "p1" }, "title": "New" });
    world.send(Ask::post("").by(&doctor).json(&new)).await.must(201);
    assert_eq!(asked()[1], 1);
}
