//! What is refused says which field, in the same words each time.

use serde_json::json;

use crate::world::{Ask, Got, OTHER, PERSON, World};

async fn create(world: &World, body: &str) -> Got {
    let mut ask = Ask::post("").by(&world.doctor("valley")).with("content-type", "application/json");
    ask.body = body.as_bytes().to_vec();
    world.send(ask).await
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused_and_the_field_is_named() {
    let world = World::new().await;
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for (body, code, field) in [
        ("", "INVALID_JSON", ("", "")),
        ("{", "INVALID_JSON", ("", "")),
        ("{}{}", "INVALID_JSON", ("", "")),
        (deep.as_str(), "INVALID_JSON", ("", "")),
        ("[]", "INVALID_BODY", ("", "wrong-type")),
        ("null", "INVALID_BODY", ("", "wrong-type")),
        ("{}", "INVALID_BODY", ("/title", "missing")),
        (r#"{"title":5}"#, "INVALID_BODY", ("/title", "wrong-type")),
        (r#"{"title":null}"#, "INVALID_BODY", ("/title", "wrong-type")),
        (r#"{"title":"a\u0000b"}"#, "INVALID_BODY", ("/title", "not-text")),
        (r#"{"title":"t","tilte":"t"}"#, "INVALID_BODY", ("/tilte", "unknown-field")),
        // The version of what is not there yet.
        (r#"{"title":"t","version":1}"#, "INVALID_BODY", ("/version", "unknown-field")),
        (r#"{"title":"t","reason":5}"#, "INVALID_BODY", ("/reason", "wrong-type")),
        (r#"{"title":"t","period":{"from":"2026-01-01"}}"#, "INVALID_BODY", ("/period/from", "unknown-field")),
        (r#"{"title":"t","period":{"start":"2026-02-30"}}"#, "INVALID_BODY", ("/period/start", "wrong-type")),
        (
            r#"{"title":"t","categories":[{"codings":[{"system":"x"}]}]}"#,
            "INVALID_BODY",
            ("/categories/0/codings/0/code", "missing"),
        ),
        (r#"{"title":"t","addresses":[{"concern":"1"}]}"#, "INVALID_BODY", ("/addresses/0/concern", "wrong-type")),
        (r#"{"title":"t","addresses":[{"cause":"1"}]}"#, "INVALID_BODY", ("/addresses/0", "unknown-code")),
        (
            r#"{"title":"t","custodian":{"source":"s","kind":"Organization","id":"1","a/b~c":1}}"#,
            "INVALID_BODY",
            ("/custodian/a~1b~0c", "unknown-field"),
        ),
        (r#"{"title":"t"}"#, "INVALID_CONTENT", ("/person", "missing")),
        (r#"{"title":"t","person":"p"}"#, "INVALID_CONTENT", ("/person", "points-nowhere")),
        (
            r#"{"title":"t","person":"33333333333333333333333333333333"}"#,
            "INVALID_CONTENT",
            ("/person", "points-nowhere"),
        ),
        (
            r#"{"title":"t","patient":{"source":"valley-ehr","id":"p2"}}"#,
            "INVALID_CONTENT",
            ("/patient", "points-nowhere"),
        ),
        (
            r#"{"title":"t","patient":{"source":"valley-ehr","id":"p1"},"person":"11111111111111111111111111111111"}"#,
            "INVALID_CONTENT",
            ("/patient", "twice"),
        ),
        (r#"{"title":" ","person":"11111111111111111111111111111111"}"#, "INVALID_CONTENT", ("/title", "empty")),
    ] {
        let status = if code == "INVALID_CONTENT" { 422 } else { 400 };
        let got = create(&world, body).await.refused(status, code);
        assert_eq!(got.field(), field, "{body}: {}", got.text);
        assert_eq!(got.json["type"], format!("urn:accord:problem:{}", code.to_lowercase().replace('_', "-")));
    }
}

#[tokio::test]
async fn of_a_member_that_stood_twice_the_first_was_lost_without_a_word() {
    let world = World::new().await;
    let person = format!(r#""person":"{PERSON}""#);
    for (rest, field) in [
        (r#""title":"One","title":"Two""#, "/title"),
        (r#""title":"One","\u0074itle":"One""#, "/title"),
        (r#""title":"One","reason":"a","reason":"b""#, "/reason"),
        (r#""title":"One","period":{"end":"2027-01-01","end":"2028-01-01"}"#, "/period/end"),
        (
            r#""title":"One","categories":[{"text":"a"},{"codings":[{"system":"s","code":"1","code":"2"}]}]"#,
            "/categories/1/codings/0/code",
        ),
        (r#""title":"One","no~such/thing":1,"no~such/thing":2"#, "/no~0such~1thing"),
    ] {
        let got = create(&world, &format!("{{{person},{rest}}}")).await.refused(400, "INVALID_BODY");
        assert_eq!(got.field(), (field, "twice"), "{rest}");
    }
    create(&world, &format!(r#"{{{person},"title":"One"}}"#)).await.must(201);
}

#[tokio::test]
async fn a_target_sent_as_a_number_lost_its_zeros_or_was_refused_for_them() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let goal = |value: &str, version: u64| {
        let body = format!(
            r#"{{"version":{version},"description":{{"text":"HbA1c"}},"targets":[{{"measure":{{"text":"HbA1c"}},"value":{{"quantity":{{"value":{value}}}}}}}]}}"#
        );
        let mut ask = Ask::post(&format!("/{plan}/goals")).by(&doctor).with("content-type", "application/json");
        ask.body = body.into_bytes();
        ask
    };
    let kept =
        [("8.0", "8.0"), ("7.50", "7.50"), ("\"7.50\"", "7.50"), ("1e3", "1000"), ("-0.10", "-0.10"), ("8", "8")];
    for (version, (sent, kept)) in (1..).zip(kept) {
        let got = world.send(goal(sent, version)).await.must(201);
        assert_eq!(got.json["goal"]["targets"][0]["value"]["quantity"]["value"], kept, "{sent}");
    }
    for sent in ["0.12345678901234567890123456789", "79228162514264337593543950336", "\"1_000\"", "true"] {
        let got = world.send(goal(sent, 7)).await.refused(400, "INVALID_BODY");
        assert_eq!(got.field(), ("/targets/0/value/quantity/value", "wrong-type"), "{sent}: {}", got.text);
    }
}

#[tokio::test]
async fn a_member_who_is_not_in_the_team_is_named_by_the_field() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let activity = json!({ "version": 1, "description": { "text": "Walk" } });
    let activity = world.send(Ask::post(&format!("/{plan}/activities")).by(&doctor).json(&activity)).await.must(201);
    let assign = format!("{}/assign", activity.header("location").strip_prefix("/api/v1/care-plans").unwrap());
    let assign = |body| Ask::post(&assign).by(&doctor).json(&body);
    let got = world.send(assign(json!({ "version": 2, "member": OTHER }))).await.refused(422, "INVALID_CONTENT");
    assert_eq!(got.field(), ("/member", "points-nowhere"));
    let forgotten = world.send(assign(json!({ "version": 2 }))).await.refused(400, "INVALID_BODY");
    assert_eq!(forgotten.field(), ("/member", "missing"));
}

#[tokio::test]
async fn only_json_is_taken_and_not_too_much_of_it() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let body = json!({ "person": PERSON, "title": "One" });
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/fhir+json",
        "application/json; charset=latin1",
        "",
    ] {
        let mut ask = Ask::post("").by(&doctor).with("content-type", kind);
        ask.body = body.to_string().into_bytes();
        world.send(ask).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    let mut untyped = Ask::post("").by(&doctor);
    untyped.body = body.to_string().into_bytes();
    world.send(untyped).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    let packed = Ask::post("").by(&doctor).json(&body).with("content-encoding", "gzip");
    world.send(packed).await.refused(415, "UNSUPPORTED_MEDIA_TYPE");
    for kind in ["application/json", "Application/JSON; charset=\"UTF-8\""] {
        let mut ask = Ask::post("").by(&doctor).with("content-type", kind);
        ask.body = body.to_string().into_bytes();
        world.send(ask).await.must(201);
    }
    let huge = json!({ "person": PERSON, "title": "t".repeat(1024 * 1024) });
    world.send(Ask::post("").by(&doctor).json(&huge)).await.refused(413, "BODY_TOO_LARGE");
    let said = Ask::post("").by(&doctor).json(&body).with("content-length", "1048577");
    world.send(said).await.refused(413, "BODY_TOO_LARGE");
}

#[tokio::test]
async fn another_method_is_refused_with_those_that_are_taken() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let path = format!("/{PERSON}");
    for (method, path, allowed) in [
        ("DELETE", path.as_str(), "GET,HEAD,PUT"),
        ("PATCH", path.as_str(), "GET,HEAD,PUT"),
        ("PUT", "", "GET,HEAD,POST"),
        ("GET", "/11111111111111111111111111111111/close", "POST"),
        ("POST", "/openapi.json", "GET,HEAD"),
    ] {
        let got = world.send(Ask::new(method, path).by(&doctor)).await.refused(405, "METHOD_NOT_ALLOWED");
        assert_eq!(got.header("allow"), allowed, "{method} {path}");
    }
    world.send(Ask::get("/a/b/c/d").by(&doctor)).await.refused(404, "NOT_FOUND");
}

#[tokio::test]
async fn a_role_writes_what_is_its_to_write_and_learns_nothing_else() {
    let world = World::new().await;
    let (doctor, patient) = (world.doctor("valley"), world.patient(PERSON));
    let plan = world.plan(&doctor, "One").await.id();
    let put = Ask::put(&format!("/{plan}")).by(&patient).json(&json!({ "version": 1, "title": "Two" }));
    world.send(put).await.refused(403, "NOT_ALLOWED");
    for body in [json!({ "person": PERSON, "title": "t" }), json!({ "person": "3", "title": "t" })] {
        let got = world.send(Ask::post("").by(&patient).json(&body)).await.refused(403, "NOT_ALLOWED");
        assert_eq!(got.json.get("errors"), None);
    }
}

#[tokio::test]
async fn what_cannot_be_written_into_the_audit_log_is_not_done_and_not_told() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    *world.log.full.lock().unwrap() = true;
    world.send(Ask::get(&format!("/{plan}")).by(&doctor)).await.refused(503, "UNAVAILABLE");
    let put = || Ask::put(&format!("/{plan}")).by(&doctor).json(&json!({ "version": 1, "title": "Two" }));
    world.send(put()).await.refused(503, "UNAVAILABLE");
    *world.log.full.lock().unwrap() = false;
    world.send(put()).await.must(200);
}

#[tokio::test]
async fn a_plan_that_stays_as_it_is_was_told_without_an_event() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let plan = world.plan(&doctor, "One").await.id();
    let same = || Ask::put(&format!("/{plan}")).by(&doctor).json(&json!({ "version": 1, "title": "One" }));
    let before = world.log.events.lock().unwrap().len();
    world.send(same()).await.must(200);
    assert_eq!(world.log.events.lock().unwrap().len(), before + 1, "what is told is written down");
    *world.log.full.lock().unwrap() = true;
    world.send(same()).await.refused(503, "UNAVAILABLE");
}

#[tokio::test]
async fn an_answer_that_is_given_again_was_told_without_an_event() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    let body = json!({ "person": PERSON, "title": "One" });
    let post = || Ask::post("").by(&doctor).with("idempotency-key", "k-1").json(&body);
    world.send(post()).await.must(201);
    *world.log.full.lock().unwrap() = true;
    world.send(post()).await.refused(503, "UNAVAILABLE");
}

#[tokio::test]
async fn a_list_over_everybody_did_not_say_whom_it_told_of() {
    let world = World::new().await;
    let doctor = world.doctor("valley");
    world.plan(&doctor, "One").await;
    let other = json!({ "person": OTHER, "title": "Another's" });
    world.send(Ask::post("").by(&doctor).json(&other)).await.must(201);
    world.log.events.lock().unwrap().clear();
    world.send(Ask::get("").by(&doctor)).await.must(200);
    let events = world.log.events.lock().unwrap();
    let people: Vec<_> = events.iter().filter_map(|event| Some(event.patient.as_ref()?.patient.as_str())).collect();
    assert_eq!(people, [PERSON, OTHER]);
}
