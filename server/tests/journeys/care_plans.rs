//! The shared plan by programs, over real HTTP: what `docs/care-plans-api.md` shows, and FHIR beside it.

use serde_json::json;

use crate::support::browser::Browser;
pub use crate::support::program::{PLANS, Program};
use crate::support::world::World;

/// The Patient of the first of the sandbox's people at Valley, whom Accord knows since somebody opened them.
async fn known(world: &World) -> String {
    let people = sandbox::people::whereabouts();
    let patient = people[0].patient_id("valley-ehr").expect("known at Valley").to_owned();
    let page = world.open(&Browser::new(), "valley-ehr", "castellanos", &patient).await;
    assert_eq!(page.status, 200, "{}", page.text);
    patient
}

#[tokio::test]
async fn a_program_begins_a_plan_adds_a_goal_and_it_is_reviewed_signed_activated_and_compared() {
    let world = World::licensed().await;
    let patient = known(&world).await;
    let coordinator = Program::new(&world, "okoro", "coordinator", &json!({ "patient": patient }));
    let doctor = Program::new(&world, "castellanos", "doctor", &json!({}));
    let person = Program::new(&world, "marisol", "patient", &json!({ "patient": patient }));

    let new = json!({ "patient": { "source": "valley-ehr", "id": patient }, "title": "Diabetes and kidneys" });
    let made = coordinator.send("POST", PLANS, Some(new.clone()), &[("idempotency-key", "first")]).await.must(201);
    let again = coordinator.send("POST", PLANS, Some(new), &[("idempotency-key", "first")]).await.must(201);
    assert_eq!((&again.json["id"], again.header("idempotent-replayed")), (&made.json["id"], "true"));
    assert!(!made.header("x-request-id").is_empty());
    let plan = format!("{PLANS}/{}", made.json["id"].as_str().expect("an id"));
    assert_eq!(made.header("location"), plan);

    let goal = json!({ "version": 1, "status": "active", "description": { "text": "HbA1c below 8 %" } });
    coordinator.post(&format!("{plan}/goals"), goal.clone()).await.must(201);
    let stale = coordinator.post(&format!("{plan}/goals"), goal).await.must(409);
    assert_eq!((stale.json["code"].as_str(), stale.json["version"].as_u64()), (Some("VERSION_STALE"), Some(2)));
    let review = json!({ "version": 2, "roles": ["clinician", "patient"] });
    coordinator.post(&format!("{plan}/review"), review).await.must(200);
    doctor.post(&format!("{plan}/review/sign"), json!({ "version": 3 })).await.must(200);
    person.post(&format!("{plan}/review/sign"), json!({ "version": 4 })).await.must(200);
    let active = coordinator.send("POST", &format!("{plan}/activate"), None, &[("if-match", "\"5\"")]).await.must(200);
    assert_eq!((active.json["workflow"].as_str(), active.header("etag")), (Some("active"), "\"6\""));
    let compared = person.get(&format!("{plan}/compare?from=1&to=6")).await.must(200);
    assert!(compared.json.to_string().contains("HbA1c below 8 %"), "{}", compared.json);
    person.get(&format!("{plan}/summary?from=1")).await.must(200);

    // The same plan as FHIR.
    let id = made.json["id"].as_str().expect("an id");
    let fhir = doctor.get(&format!("/fhir/r4/CarePlan/{id}")).await.must(200);
    assert_eq!((fhir.json["resourceType"].as_str(), fhir.json["status"].as_str()), (Some("CarePlan"), Some("active")));
    let metadata = doctor.get("/fhir/r4/metadata").await.must(200);
    assert_eq!(metadata.json["resourceType"], "CapabilityStatement");
    let refused = doctor.send("PUT", &format!("/fhir/r4/CarePlan/{id}"), Some(fhir.json), &[]).await.must(405);
    assert_eq!(refused.json["resourceType"], "OperationOutcome");
}

#[tokio::test]
async fn a_bearer_token_is_the_only_credential_so_that_where_it_is_sent_from_does_not_matter() {
    let world = World::licensed().await;
    let patient = known(&world).await;
    let program = Program::new(&world, "castellanos", "doctor", &json!({}));
    let new = json!({ "patient": { "source": "valley-ehr", "id": patient }, "title": "From elsewhere" });
    let elsewhere = [("origin", "https://portal.valley.example"), ("sec-fetch-site", "cross-site")];
    program.send("POST", PLANS, Some(new.clone()), &elsewhere).await.must(201);
    let nobody = Program::with(&world, "nobody's".to_owned());
    let refused = nobody.send("POST", PLANS, Some(new), &elsewhere).await.must(401);
    assert_eq!(
        (refused.header("www-authenticate"), refused.json["code"].as_str()),
        ("Bearer error=\"invalid_token\"", Some("UNAUTHENTICATED"))
    );
}

#[tokio::test]
async fn where_nothing_is_programs_are_told_so_in_their_own_way() {
    let world = World::licensed().await;
    let program = Program::new(&world, "okoro", "coordinator", &json!({}));
    for path in [format!("{PLANS}/a/b/c/d/e"), format!("{PLANS}/")] {
        let got = program.get(&path).await.must(404);
        assert_eq!(got.header("content-type"), "application/problem+json", "{path}");
    }
    for (method, path) in
        [("DELETE", PLANS), ("PROPFIND", PLANS), ("DELETE", "/fhir/r4/Goal/1"), ("PROPFIND", "/fhir/r4/Goal/1")]
    {
        let got = program.send(method, path, None, &[]).await.must(405);
        let problem = got.json["code"] == "METHOD_NOT_ALLOWED" || got.json["resourceType"] == "OperationOutcome";
        assert!(problem, "{method} {path}: {}", got.json);
    }
    let unknown = json!({ "patient": { "source": "valley-ehr", "id": "nobody" }, "title": "Nobody's" });
    let unknown = program.post(PLANS, unknown).await.must(422);
    assert_eq!(unknown.json["errors"][0]["field"], "/patient");
}

#[tokio::test]
async fn without_the_licence_a_program_writes_nothing() {
    let world = World::start().await;
    let program = Program::new(&world, "okoro", "coordinator", &json!({}));
    let refused = program.post(PLANS, json!({ "title": "Not licensed" })).await.must(403);
    assert_eq!(refused.json["code"], "MODULE_NOT_LICENSED");
    program.get(PLANS).await.must(200);
}
