//! Lists, page by page.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{Ask, OTHER, PERSON, World};

fn ids(list: &Value) -> Vec<String> {
    list["plans"].as_array().unwrap().iter().map(|plan| plan["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_plan_is_on_one_page() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let mut made = BTreeSet::new();
    for number in 0..7 {
        made.insert(world.plan(&doctor, &format!("Plan {number}")).await.id());
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = world.send(Ask::get(&format!("?limit=3{cursor}")).by(&doctor)).await.must(200);
        seen.extend(ids(&page.json));
        let Some(next) = page.json["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(seen.len(), 7);
    assert_eq!(seen.into_iter().collect::<BTreeSet<_>>(), made);
}

#[tokio::test]
async fn plans_are_chosen_by_person_state_category_and_time() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let coded = json!([{ "codings": [{ "system": "http://snomed.info/sct", "code": "734163000" }] }]);
    let body = json!({ "person": PERSON, "title": "Coded", "categories": coded });
    let coded = world.send(Ask::post("").by(&doctor).json(&body)).await.must(201).id();
    let body = json!({ "person": OTHER, "title": "Of another" });
    let others = world.send(Ask::post("").by(&doctor).json(&body)).await.must(201).id();
    world.clock.by(SignedDuration::from_mins(3));
    let revoked = world.plan(&doctor, "Late").await.id();
    let close = json!({ "version": 1, "status": "revoked", "reason": "A slip" });
    world.send(Ask::post(&format!("/{revoked}/close")).by(&doctor).json(&close)).await.must(200);
    for (query, expected) in [
        (format!("person={OTHER}"), vec![&others]),
        ("status=revoked".to_owned(), vec![&revoked]),
        ("status=draft,active".to_owned(), vec![&coded, &others]),
        ("category=734163000".to_owned(), vec![&coded]),
        ("category=http%3A%2F%2Fsnomed.info%2Fsct%7C734163000".to_owned(), vec![&coded]),
        ("category=http%3A%2F%2Floinc.org%7C734163000".to_owned(), vec![]),
        ("changed_since=2026-03-02T12:01:00Z".to_owned(), vec![&revoked]),
        ("changed_since=2026-03-02T13:02:00%2B01:00&person=33333333333333333333333333333333".to_owned(), vec![]),
    ] {
        let got = world.send(Ask::get(&format!("?{query}")).by(&doctor)).await.must(200);
        let got: BTreeSet<String> = ids(&got.json).into_iter().collect();
        assert_eq!(got, expected.into_iter().cloned().collect(), "{query}");
    }
}

#[tokio::test]
async fn a_page_by_category_may_be_short_and_goes_on() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    for number in 0..12 {
        world.plan(&doctor, &format!("Plan {number}")).await;
    }
    let (mut pages, mut cursor) = (0, String::new());
    loop {
        let page = world.send(Ask::get(&format!("?category=none&limit=1{cursor}")).by(&doctor)).await.must(200);
        assert_eq!(page.json["plans"], json!([]));
        pages += 1;
        let Some(next) = page.json["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(pages, 3, "five plans are looked at for each page");
}

#[tokio::test]
async fn a_parameter_that_cannot_be_read_or_is_none_is_named() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    for (query, field) in [
        ("limit=0", "?limit"),
        ("limit=201", "?limit"),
        ("limit=3&limit=3", "?limit"),
        ("cursor=next", "?cursor"),
        ("status=active,", "?status"),
        ("status=ACTIVE", "?status"),
        ("person=p1", "?person"),
        ("changed_since=2026-03-02", "?changed_since"),
        ("category=", "?category"),
        ("patient=p1", "?patient"),
        ("%FF=1", "?\u{fffd}"),
    ] {
        let got = world.send(Ask::get(&format!("?{query}")).by(&doctor)).await.refused(400, "INVALID_PARAMETER");
        assert_eq!(got.field().0, field, "{query}");
    }
}
