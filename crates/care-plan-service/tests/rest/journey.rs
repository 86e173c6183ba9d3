//! A plan from its beginning to its end.

use serde_json::json;

use crate::world::{Ask, PERSON, World};

#[tokio::test]
async fn a_plan_is_begun_reviewed_signed_followed_and_closed() {
    let world = World::new().await;
    let (doctor, patient) = (world.doctor("valley"), world.patient(PERSON));
    let coordinator = world.token("valley", "coordinator-1", "coordinator", json!({}));

    let made = json!({ "patient": { "source": "valley-ehr", "id": "p1" }, "title": "Living with diabetes" });
    let made = world.send(Ask::post("").by(&coordinator).json(&made)).await.must(201);
    let plan = made.id();
    assert_eq!(made.header("location"), format!("/api/v1/care-plans/{plan}"));
    assert_eq!((made.header("etag"), made.json["person"].as_str()), ("\"1\"", Some(PERSON)));
    assert_eq!(made.json["workflow"], "draft");

    let goal = json!({ "version": 1, "status": "active", "description": { "text": "HbA1c below 7.5 %" },
        "targets": [{ "measure": { "text": "HbA1c" }, "due": "2026-12-01",
                      "value": { "quantity": { "value": "7.5", "comparator": "<", "unit": "%", "ucum": "%" } } }] });
    let goal = world.send(Ask::post(&format!("/{plan}/goals")).by(&coordinator).json(&goal)).await.must(201);
    assert_eq!(goal.json["goal"]["targets"][0]["value"]["quantity"]["value"], "7.5");
    let goal_path = goal.header("location").strip_prefix("/api/v1/care-plans").unwrap().to_owned();

    let member = json!({ "version": 2, "name": "Ada Moss", "roles": [{ "text": "Diabetes nurse" }] });
    let team = world.send(Ask::post(&format!("/{plan}/team/members")).by(&coordinator).json(&member)).await.must(201);
    let member = team.json["team"]["members"][0]["id"].clone();

    let activity = json!({ "version": 3, "description": { "text": "Walk" }, "schedule": { "often": "every day" } });
    let activity =
        world.send(Ask::post(&format!("/{plan}/activities")).by(&coordinator).json(&activity)).await.must(201);
    let activity_path = activity.header("location").strip_prefix("/api/v1/care-plans").unwrap().to_owned();
    let assigned = json!({ "version": 4, "member": member });
    let assigned = world.send(Ask::post(&format!("{activity_path}/assign")).by(&coordinator).json(&assigned)).await;
    assert_eq!(assigned.must(200).json["activity"]["assigned"], member);

    let review = json!({ "version": 5, "roles": ["clinician", "patient"] });
    world.send(Ask::post(&format!("/{plan}/review")).by(&coordinator).json(&review)).await.must(200);
    let early = Ask::post(&format!("/{plan}/activate")).by(&coordinator).with("if-match", "\"6\"");
    world.send(early).await.refused(422, "NOT_APPROVED");
    for (token, version) in [(&doctor, 6), (&patient, 7)] {
        let sign = Ask::post(&format!("/{plan}/review/sign")).by(token).json(&json!({ "version": version }));
        world.send(sign).await.must(200);
    }
    let active = Ask::post(&format!("/{plan}/activate")).by(&coordinator).with("if-match", "\"8\"");
    let active = world.send(active).await.must(200);
    assert_eq!((active.json["status"].as_str(), active.json["workflow"].as_str()), (Some("active"), Some("active")));

    let said = json!({ "version": 9, "answer": "agree", "priority": "high" });
    world.send(Ask::post(&format!("{goal_path}/acceptance")).by(&patient).json(&said)).await.must(200);
    let note = json!({ "version": 10, "text": "Walked to the lake" });
    world.send(Ask::post(&format!("{activity_path}/notes")).by(&patient).json(&note)).await.must(201);
    let reached = json!({ "version": 11, "achievement": "achieved" });
    world.send(Ask::post(&format!("{goal_path}/achievement")).by(&doctor).json(&reached)).await.must(200);

    let close = json!({ "version": 12, "status": "completed", "reason": "All is reached" });
    let open = world.send(Ask::post(&format!("/{plan}/close")).by(&doctor).json(&close)).await;
    let open = open.refused(422, "OPEN_ACTIVITIES");
    let left = open.json["goals"][0].as_str().unwrap().to_owned();
    let open = open.json["activities"][0].as_str().unwrap().to_owned();
    let mut close = close;
    close["open"] = json!({ open: { "completed": "2026-03-01" } });
    let goals = world.send(Ask::post(&format!("/{plan}/close")).by(&doctor).json(&close)).await;
    assert_eq!(goals.refused(422, "OPEN_GOALS").json["goals"][0], left.as_str());
    close["open_goals"] = json!({ left: "completed" });
    let closed = world.send(Ask::post(&format!("/{plan}/close")).by(&doctor).json(&close)).await.must(200);
    assert_eq!((closed.json["workflow"].as_str(), closed.version()), (Some("closed"), 13));
    let late = json!({ "version": 13, "title": "Something else" });
    world.send(Ask::put(&format!("/{plan}")).by(&doctor).json(&late)).await.refused(422, "PLAN_CLOSED");

    let versions = world.send(Ask::get(&format!("/{plan}/versions")).by(&patient)).await.must(200);
    assert_eq!(versions.json["versions"].as_array().unwrap().len(), 13);
    assert_eq!(versions.json["versions"][0]["reason"], "All is reached");
    let compared = world.send(Ask::get(&format!("/{plan}/compare?from=1&to=2")).by(&patient)).await.must(200);
    assert_eq!(compared.json["differences"][0]["part"], "goal");
    assert!(compared.text.contains("HbA1c below 7.5 %"), "{}", compared.text);
    let summary = world.send(Ask::get(&format!("/{plan}/summary?from=1")).by(&patient)).await.must(200);
    assert!(summary.text.contains("New goals") || summary.text.contains("Done"), "{}", summary.text);
    world.send(Ask::get(&format!("/{plan}/compare?from=1&to=99")).by(&patient)).await.refused(404, "NOT_FOUND");
    let first = world.send(Ask::get(&format!("/{plan}/versions/1")).by(&patient)).await.must(200);
    assert_eq!((first.header("etag"), first.json.get("goals")), ("\"1\"", None));
}

#[tokio::test]
async fn every_other_part_of_a_plan_is_read_and_changed_in_its_place() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "First title").await.id();
    let at = |path: &str| format!("/{plan}{path}");
    let send = |ask: Ask| world.send(ask.by(&doctor));

    let changed = json!({ "version": 1, "title": "Second title", "reason": "Clearer" });
    assert_eq!(send(Ask::put(&at("")).json(&changed)).await.must(200).json["title"], "Second title");
    let target = json!({ "due": "2026-12-01" });
    let goal = json!({ "version": 2, "description": { "text": "Sleep" }, "targets": [target] });
    let goal = send(Ask::post(&at("/goals")).json(&goal)).await.must(201);
    let (goal, target) = (goal.json["goal"]["id"].clone(), goal.json["goal"]["targets"][0]["id"].clone());
    let goal = at(&format!("/goals/{}", goal.as_str().unwrap()));
    let content = json!({ "version": 3, "description": { "text": "Sleep eight hours" },
                          "targets": [{ "id": target, "due": "2026-11-01" }] });
    let changed = send(Ask::put(&goal).json(&content)).await.must(200);
    assert_eq!(changed.json["goal"]["targets"][0]["id"], target, "a target that is named keeps its id");
    send(Ask::post(&format!("{goal}/status")).json(&json!({ "version": 4, "status": "active" }))).await.must(200);
    send(Ask::post(&format!("{goal}/notes")).json(&json!({ "version": 5, "text": "Better" }))).await.must(201);
    assert_eq!(send(Ask::get(&goal)).await.must(200).json["goal"]["status"], "active");
    assert_eq!(send(Ask::get(&at("/goals"))).await.must(200).json["goals"].as_array().unwrap().len(), 1);

    let activity = json!({ "version": 6, "description": { "text": "No screens" } });
    let activity = send(Ask::post(&at("/activities")).json(&activity)).await.must(201).json["activity"]["id"].clone();
    let activity = at(&format!("/activities/{}", activity.as_str().unwrap()));
    let content = json!({ "version": 7, "description": { "text": "No screens after nine" } });
    send(Ask::put(&activity).json(&content)).await.must(200);
    let moved = json!({ "version": 8, "status": "in-progress" });
    send(Ask::post(&format!("{activity}/status")).json(&moved)).await.must(200);
    let done = json!({ "version": 9, "day": "2026-03-01", "outcome": { "text": "It helps" } });
    send(Ask::post(&format!("{activity}/complete")).json(&done)).await.must(200);
    assert_eq!(send(Ask::get(&activity)).await.must(200).json["activity"]["status"], "completed");
    assert_eq!(send(Ask::get(&at("/activities"))).await.must(200).header("etag"), "\"10\"");

    let member = json!({ "version": 10, "name": "Ben" });
    let member = send(Ask::post(&at("/team/members")).json(&member)).await.must(201);
    let member = at(&format!("/team/members/{}", member.json["team"]["members"][0]["id"].as_str().unwrap()));
    let left = json!({ "version": 11, "name": "Ben", "period": { "end": "2026-03-01" } });
    send(Ask::put(&member).json(&left)).await.must(200);
    assert_eq!(send(Ask::get(&at("/team"))).await.must(200).json["team"]["members"][0]["period"]["end"], "2026-03-01");

    let next = json!({ "version": 12, "next": "2026-06-01" });
    send(Ask::put(&at("/review/next")).json(&next)).await.must(200);
    send(Ask::post(&at("/review")).json(&json!({ "version": 13, "roles": ["clinician"] }))).await.must(200);
    let back = json!({ "version": 14, "reason": "The goal is unclear" });
    send(Ask::post(&at("/review/return")).json(&back)).await.must(200);
    send(Ask::post(&at("/review")).json(&json!({ "version": 15, "roles": ["clinician"] }))).await.must(200);
    let back = json!({ "version": 16, "reason": "Sent too early" });
    send(Ask::post(&at("/review/withdraw")).json(&back)).await.must(200);
    send(Ask::post(&at("/review")).json(&json!({ "version": 17, "roles": ["clinician"] }))).await.must(200);
    send(Ask::post(&at("/review/sign")).with("if-match", "\"18\"")).await.must(200);
    send(Ask::post(&at("/activate")).with("if-match", "\"19\"")).await.must(200);
    send(Ask::post(&at("/hold")).json(&json!({ "version": 20, "reason": "Away" }))).await.must(200);
    assert_eq!(send(Ask::post(&at("/resume")).json(&json!({ "version": 21 }))).await.must(200).version(), 22);
}

#[tokio::test]
async fn what_concerns_a_person_and_what_was_decided_hangs_on_the_person() {
    let world = World::new().await;
    let (doctor, patient) = (world.doctor("valley"), world.patient(PERSON));
    let said = json!({ "person": PERSON, "description": { "text": "I sleep badly" }, "onset": { "partial": "2025" } });
    let concern = world.send(Ask::post("/concerns").by(&patient).json(&said)).await.must(201);
    assert_eq!((concern.header("etag"), concern.json["status"].as_str()), ("\"1\"", Some("active")));
    let path = concern.header("location").strip_prefix("/api/v1/care-plans").unwrap().to_owned();
    let changed = json!({ "version": 1, "description": { "text": "I sleep badly since May" } });
    world.send(Ask::put(&path).by(&patient).json(&changed)).await.must(200);
    world.send(Ask::put(&path).by(&patient).json(&changed)).await.refused(409, "VERSION_STALE");
    let over = json!({ "version": 2, "status": "resolved", "reason": "New bed" });
    world.send(Ask::post(&format!("{path}/status")).by(&doctor).json(&over)).await.must(200);
    assert_eq!(world.send(Ask::get(&path).by(&patient)).await.must(200).json["status"], "resolved");
    let listed = world.send(Ask::get(&format!("/concerns?person={PERSON}")).by(&doctor)).await.must(200);
    assert_eq!(listed.json["concerns"].as_array().unwrap().len(), 1);

    let about = json!({ "source": "valley-ehr", "kind": "MedicationRequest", "id": "m1" });
    let issue = json!({ "id": "i1", "code": "dose-differs", "subject": "{}", "seen": "10 mg and 20 mg" });
    let message = json!({ "about": about, "text": "Which dose is meant?" });
    let decision = json!({ "person": PERSON, "issue": issue, "chosen": "asked-prescriber", "message": message });
    let decision = world.send(Ask::post("/decisions").by(&doctor).json(&decision)).await.must(201);
    let path = decision.header("location").strip_prefix("/api/v1/care-plans").unwrap().to_owned();
    let redraft = json!({ "version": 1, "message": { "about": about, "text": "Which of the two doses is meant?" } });
    world.send(Ask::put(&format!("{path}/message")).by(&doctor).json(&redraft)).await.must(200);
    let withdrawn = json!({ "version": 2 });
    world
        .send(Ask::post(&format!("{path}/withdraw")).by(&doctor).json(&withdrawn))
        .await
        .refused(422, "INVALID_CONTENT");
    let withdrawn = json!({ "version": 2, "reason": "Answered by phone" });
    let withdrawn = world.send(Ask::post(&format!("{path}/withdraw")).by(&doctor).json(&withdrawn)).await.must(200);
    assert_eq!(withdrawn.json["status"], "withdrawn");
    assert_eq!(world.send(Ask::get("/decisions").by(&patient)).await.must(200).json["decisions"][0]["version"], 3);
    assert_eq!(world.send(Ask::get("/overlays").by(&doctor)).await.must(200).json, json!({ "overlays": [] }));
}

#[tokio::test]
async fn an_edit_that_a_source_does_not_take_is_laid_revised_and_taken_back() {
    let world = World::new().await;
    let (doctor, patient) = (world.doctor("valley"), world.patient(PERSON));
    let target = json!({ "source": "valley-ehr", "kind": "Goal", "id": "g1", "version": "3" });
    let change = json!([{ "field": "target-value", "from": "7.5", "to": "8.0" }]);
    let overlay = json!({ "person": PERSON, "target": target, "changes": change, "reason": "Low sugar at night" });
    let laid = world.send(Ask::post("/overlays").by(&doctor).json(&overlay)).await.must(201);
    assert_eq!((laid.header("etag"), laid.json["status"].as_str()), ("\"1\"", Some("standing")));
    let path = laid.header("location").strip_prefix("/api/v1/care-plans").unwrap().to_owned();
    world.send(Ask::post("/overlays").by(&doctor).json(&overlay)).await.refused(409, "VERSION_STALE");
    let foreign = json!({ "person": PERSON, "target": json!({ "source": "", "kind": "Goal", "id": "g1" }) });
    world.send(Ask::post("/overlays").by(&doctor).json(&foreign)).await.refused(422, "INVALID_CONTENT");

    let other = json!([{ "field": "target-value", "from": "7.5", "to": "8.5" }]);
    let revised = json!({ "version": 1, "seen": "4", "changes": other });
    world.send(Ask::put(&path).by(&patient).json(&revised)).await.refused(403, "NOT_ALLOWED");
    let unseen = json!({ "seen": "4", "changes": other });
    world.send(Ask::put(&path).by(&doctor).json(&unseen)).await.refused(428, "VERSION_MISSING");
    let revised = world.send(Ask::put(&path).by(&doctor).json(&revised)).await.must(200);
    assert_eq!((revised.version(), revised.json["target"]["version"].as_str()), (2, Some("4")));
    let back = json!({ "version": 2 });
    let withdraw = || Ask::post(&format!("{path}/withdraw")).by(&doctor);
    world.send(withdraw().json(&back)).await.refused(422, "INVALID_CONTENT");
    let back = json!({ "version": 2, "reason": "Agreed otherwise" });
    assert_eq!(world.send(withdraw().json(&back)).await.must(200).json["status"], "withdrawn");
    let again = world.send(Ask::post("/overlays").by(&doctor).json(&overlay)).await.must(201);
    assert_eq!((again.version(), again.json["status"].as_str()), (4, Some("standing")), "it is laid anew");
    let listed = world.send(Ask::get(&format!("/overlays?person={PERSON}")).by(&patient)).await.must(200);
    assert_eq!(listed.json["overlays"].as_array().unwrap().len(), 1);
}
