//! Lists, page by page.

use std::collections::BTreeSet;

use access::policy::Way;
use care_plan_service::rest;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::world::{Ask, Got, OTHER, PERSON, World};

/// What is in a list, from page to page, and on how many pages.
async fn all(world: &World, token: &str, list: &str, name: &str) -> (Vec<Value>, usize) {
    let (mut found, mut pages, mut cursor) = (Vec::new(), 0, String::new());
    loop {
        let page = world.send(Ask::get(&format!("{list}{cursor}")).by(token)).await.must(200);
        found.extend(page.json[name].as_array().unwrap().iter().cloned());
        pages += 1;
        assert!(pages < 1000, "pages without end");
        let Some(next) = page.json["next"].as_str() else { return (found, pages) };
        cursor = format!("{}cursor={next}", if list.contains('?') { "&" } else { "?" });
    }
}

async fn change(world: &World, token: &str, path: &str, body: &Value) -> Got {
    world.send(Ask::post(path).by(token).json(body)).await
}

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
    for number in 0..510 {
        world.plan(&doctor, &format!("Plan {number}")).await;
    }
    let (found, pages) = all(&world, &doctor, "?category=none&limit=50", "plans").await;
    assert_eq!((found.len(), pages), (0, 2), "five hundred plans are looked at for each page");
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
        ("programme=", "?programme"),
        ("workflow=closed,over", "?workflow"),
        ("review_due_before=2026", "?review_due_before"),
        ("review_due_before=2026-03-02T00:00:00Z", "?review_due_before"),
        ("patient=p1", "?patient"),
        ("%FF=1", "?\u{fffd}"),
    ] {
        let got = world.send(Ask::get(&format!("?{query}")).by(&doctor)).await.refused(400, "INVALID_PARAMETER");
        assert_eq!(got.field().0, field, "{query}");
    }
}

#[tokio::test]
async fn plans_are_chosen_by_workflow_programme_and_day_of_review() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let body = json!({ "person": PERSON, "title": "Followed", "instantiates": ["https://example.org/dm|1"] });
    let followed = world.send(Ask::post("").by(&doctor).json(&body)).await.must(201).id();
    let draft = world.plan(&doctor, "Draft").await.id();
    let body = json!({ "version": 1, "roles": ["clinician"] });
    change(&world, &doctor, &format!("/{followed}/review"), &body).await.must(200);
    let (found, _) = all(&world, &doctor, "?workflow=in-review", "plans").await;
    assert_eq!(found.iter().map(|plan| plan["id"].as_str().unwrap()).collect::<Vec<_>>(), [&followed]);
    change(&world, &doctor, &format!("/{followed}/review/sign"), &json!({ "version": 2 })).await.must(200);
    change(&world, &doctor, &format!("/{followed}/activate"), &json!({ "version": 3 })).await.must(200);
    let next = json!({ "version": 4, "next": "2026-06-01" });
    world.send(Ask::put(&format!("/{followed}/review/next")).by(&doctor).json(&next)).await.must(200);
    for (query, expected) in [
        ("workflow=active", vec![&followed]),
        ("workflow=draft", vec![&draft]),
        ("workflow=draft,active", vec![&followed, &draft]),
        ("workflow=review-due", vec![]),
        ("programme=https://example.org/dm", vec![&followed]),
        ("programme=https://example.org/dm%7C1", vec![&followed]),
        ("programme=https://example.org/dm%7C2", vec![]),
        ("review_due_before=2026-06-02", vec![&followed]),
        ("review_due_before=2026-06-01", vec![]),
        ("review_due_before=2027-01-01&workflow=draft", vec![]),
    ] {
        let (found, _) = all(&world, &doctor, &format!("?{query}&limit=1"), "plans").await;
        let found: BTreeSet<String> = found.iter().map(|plan| plan["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(found, expected.into_iter().cloned().collect(), "{query}");
    }
    world.clock.by(SignedDuration::from_hours(24 * 100));
    let later = world.doctor("valley");
    let (found, _) = all(&world, &later, "?workflow=review-due", "plans").await;
    assert_eq!(found.len(), 1, "where a plan stands is asked of today");
}

/// Two plans with goals and activities of several kinds; the first plan's id, version and the id of its member.
async fn peopled(world: &World, doctor: &str) -> (String, String) {
    let at = json!({ "source": "valley-ehr", "kind": "Practitioner", "id": "9" });
    let body = json!({ "person": PERSON, "title": "One", "instantiates": ["urn:dm"],
        "members": [{ "name": "Ana", "resource": at }] });
    let one = world.send(Ask::post("").by(doctor).json(&body)).await.must(201);
    let (plan, ana) = (one.id(), one.json["team"]["members"][0]["id"].as_str().unwrap().to_owned());
    let other = world.send(Ask::post("").by(doctor).json(&json!({ "person": OTHER, "title": "Two" }))).await.id();
    for (version, number) in (1..).zip(0..5) {
        let due = format!("2026-0{}-01", number + 4);
        let goal = json!({ "version": version, "status": if number == 0 { "proposed" } else { "active" },
            "description": { "text": format!("Goal {number}") }, "targets": [{ "due": due }] });
        change(world, doctor, &format!("/{plan}/goals"), &goal).await.must(201);
    }
    for (version, number) in (6..).zip(0..5) {
        let due = format!("2026-0{}-01", number + 4);
        let activity = json!({ "version": version, "description": { "text": format!("Activity {number}") },
            "schedule": { "due": due } });
        let made = change(world, doctor, &format!("/{plan}/activities"), &activity).await.must(201);
        if number == 4 {
            let id = made.json["activity"]["id"].as_str().unwrap();
            let to = json!({ "version": 11, "member": ana });
            change(world, doctor, &format!("/{plan}/activities/{id}/assign"), &to).await.must(200);
        }
    }
    let goal = json!({ "version": 1, "status": "active", "description": { "text": "Goal of another" } });
    change(world, doctor, &format!("/{other}/goals"), &goal).await.must(201);
    (plan, ana)
}

fn texts(found: &[Value], of: &str) -> Vec<String> {
    let part = |row: &Value| row.get(of).unwrap_or(row)["description"]["text"].as_str().unwrap().to_owned();
    let mut texts: Vec<String> = found.iter().map(part).collect();
    texts.sort();
    texts
}

#[tokio::test]
async fn goals_are_chosen_by_state_and_day_in_a_plan_and_over_all_plans() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (plan, _) = peopled(&world, &doctor).await;
    for (query, expected) in [
        ("", 6),
        ("status=proposed", 1),
        ("status=proposed,active", 6),
        ("status=completed", 0),
        ("due_before=2026-06-01", 1),
        ("due_before=2026-06-02&status=active", 2),
        ("achievement=achieved", 0),
    ] {
        let (found, pages) = all(&world, &doctor, &format!("/goals?{query}&limit=2").replace("?&", "?"), "goals").await;
        assert_eq!(found.len(), expected, "{query}");
        assert!(pages >= expected.div_ceil(2), "{query}: two on a page");
        let each: BTreeSet<String> = texts(&found, "goal").into_iter().collect();
        assert_eq!(each.len(), expected, "{query}: each once");
        let (within, _) =
            all(&world, &doctor, &format!("/{plan}/goals?{query}&limit=2").replace("?&", "?"), "goals").await;
        let of_the_plan: Vec<String> = each.into_iter().filter(|text| text != "Goal of another").collect();
        assert_eq!(texts(&within, "goal"), of_the_plan, "{query}");
    }
    for (query, expected) in [
        (format!("person={OTHER}"), 1),
        ("programme=urn:dm".to_owned(), 5),
        ("workflow=draft".to_owned(), 6),
        ("workflow=active".to_owned(), 0),
        ("changed_since=2027-01-01T00:00:00Z".to_owned(), 0),
    ] {
        let (found, _) = all(&world, &doctor, &format!("/goals?{query}"), "goals").await;
        assert_eq!(found.len(), expected, "{query}");
        assert!(found.iter().all(|row| row["plan"].is_string() && row["person"].is_string()));
    }
}

#[tokio::test]
async fn activities_are_chosen_by_who_is_to_do_them_too() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (plan, ana) = peopled(&world, &doctor).await;
    for (query, expected) in [
        ("".to_owned(), 5),
        (format!("assigned_to={ana}"), 1),
        ("assigned_to=valley-ehr%7CPractitioner/9".to_owned(), 1),
        ("assigned_to=valley-ehr%7CPractitioner/8".to_owned(), 0),
        ("assigned_to=nobody".to_owned(), 4),
        ("assigned_to=nobody&due_before=2026-05-02".to_owned(), 2),
        ("status=requested".to_owned(), 5),
        ("status=in-progress".to_owned(), 0),
    ] {
        for list in ["/activities".to_owned(), format!("/{plan}/activities")] {
            let path = format!("{list}?{query}&limit=1").replace("?&", "?");
            let (found, pages) = all(&world, &doctor, &path, "activities").await;
            assert_eq!((texts(&found, "activity").len(), found.len()), (expected, expected), "{path}");
            assert!(pages >= expected.max(1), "{path}");
        }
    }
    for query in ["assigned_to=", "assigned_to=Practitioner/9", "assigned_to=a%7Cb", "due_before=x", "status=active"] {
        let got = world.send(Ask::get(&format!("/activities?{query}")).by(&doctor)).await;
        let name = query.split('=').next().unwrap();
        assert_eq!(got.refused(400, "INVALID_PARAMETER").field().0, format!("?{name}"), "{query}");
    }
}

#[tokio::test]
async fn a_cursor_of_another_query_skipped_rows_and_now_is_refused_and_named() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (plan, _) = peopled(&world, &doctor).await;
    world.plan(&doctor, "Third").await;
    for concern in ["Pain", "Sleep"] {
        let body = json!({ "person": PERSON, "description": { "text": concern } });
        change(&world, &doctor, "/concerns", &body).await.must(201);
    }
    let lists = [
        String::new(),
        "/goals".to_owned(),
        "/activities".to_owned(),
        "/concerns".to_owned(),
        format!("/{plan}/goals"),
        format!("/{plan}/activities"),
        format!("/{plan}/versions"),
    ];
    let mut cursors = Vec::new();
    for list in &lists {
        let page = world.send(Ask::get(&format!("{list}?limit=1")).by(&doctor)).await.must(200);
        let next = page.json["next"].as_str().unwrap_or_else(|| panic!("{list} has one page only")).to_owned();
        let status = if list.is_empty() { "status=draft&" } else { "" };
        world.send(Ask::get(&format!("{list}?limit=3&cursor={next}")).by(&doctor)).await.must(200);
        if !status.is_empty() {
            let got = world.send(Ask::get(&format!("?{status}cursor={next}")).by(&doctor)).await;
            assert_eq!(got.refused(400, "INVALID_PARAMETER").field(), ("?cursor", "other-query"));
        }
        cursors.push(next);
    }
    for (at, list) in lists.iter().enumerate() {
        for (of, cursor) in cursors.iter().enumerate().filter(|(of, _)| *of != at) {
            let got = world.send(Ask::get(&format!("{list}?cursor={cursor}")).by(&doctor)).await;
            let got = got.refused(400, "INVALID_PARAMETER");
            assert_eq!(got.field().0, "?cursor", "{list} with the cursor of {}", lists[of]);
        }
    }
}

#[tokio::test]
async fn filters_in_another_order_are_the_same_query() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    for number in 0..3 {
        world.plan(&doctor, &format!("Plan {number}")).await;
    }
    let query = format!("?person={PERSON}&status=draft,active&limit=1");
    let next = world.send(Ask::get(&query).by(&doctor)).await.json["next"].as_str().unwrap().to_owned();
    let turned = format!("?cursor={next}&status=draft%2Cactive&limit=2&person={PERSON}");
    let page = world.send(Ask::get(&turned).by(&doctor)).await.must(200);
    assert_eq!((ids(&page.json).len(), page.json.get("next")), (2, None));
}

#[tokio::test]
async fn versions_were_told_all_at_once_and_now_come_page_by_page() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let (plan, _) = peopled(&world, &doctor).await;
    for limit in [1, 5, 6, 12, 200] {
        let (found, pages) = all(&world, &doctor, &format!("/{plan}/versions?limit={limit}"), "versions").await;
        let versions: Vec<u64> = found.iter().map(|one| one["version"].as_u64().unwrap()).collect();
        assert_eq!(versions, (1..=12).rev().collect::<Vec<_>>(), "{limit}");
        assert_eq!(pages, 12_usize.div_ceil(limit), "{limit}");
    }
}

#[tokio::test]
async fn a_list_behind_many_plans_of_people_out_of_reach_asked_for_the_same_ones_without_end() {
    let mut world = World::new().await;
    world.rest.service = world.rest.service.clone().looking_at(100);
    world.router = rest::router(&world.rest);
    let doctor = world.doctor("valley");
    for number in 0..250 {
        let body = json!({ "person": OTHER, "title": format!("Of another {number}") });
        world.send(Ask::post("").by(&doctor).json(&body)).await.must(201);
    }
    let mut mine = BTreeSet::new();
    for number in 0..3 {
        let plan = world.plan(&doctor, &format!("Mine {number}")).await.id();
        let text = json!({ "text": "x" });
        let goal = json!({ "version": 1, "status": "active", "description": text });
        change(&world, &doctor, &format!("/{plan}/goals"), &goal).await.must(201);
        let activity = json!({ "version": 2, "description": text });
        change(&world, &doctor, &format!("/{plan}/activities"), &activity).await.must(201);
        mine.insert(plan);
    }
    world.ways.set(OTHER, Way::None);
    let plan_of = |row: &Value| row.get("plan").unwrap_or(&row["id"]).as_str().unwrap().to_owned();
    for (list, name) in [("", "plans"), ("/goals", "goals"), ("/activities", "activities")] {
        for limit in [1, 2, 50] {
            world.log.events.lock().unwrap().clear();
            let (found, pages) = all(&world, &doctor, &format!("{list}?limit={limit}"), name).await;
            assert_eq!(found.len(), 3, "{list} by {limit}: each once");
            assert_eq!(found.iter().map(plan_of).collect::<BTreeSet<_>>(), mine, "{list} by {limit}");
            let events = world.log.events.lock().unwrap().len();
            assert!(events <= 2 * pages, "{list} by {limit}: {events} events for {pages} pages");
        }
    }
}
