//! Every endpoint, asked in every broken way: what is answered is documented, is a problem where it is refused, and is
//! never a failure of ours.

use care_plan_service::rest::{Code, Endpoint, endpoints, openapi};
use serde_json::{Map, Value, json};

use crate::description::Schemas;
use crate::world::{Ask, Got, PERSON, World};

/// A value that keeps to a schema of the description.
fn sample(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return sample(document, document.pointer(reference.trim_start_matches('#')).unwrap());
    }
    if let Some(constant) = schema.get("const") {
        return constant.clone();
    }
    for choice in ["oneOf", "anyOf", "enum"] {
        match schema[choice].as_array() {
            Some(of) if choice == "enum" => return of[0].clone(),
            Some(of) => return sample(document, &of[0]),
            None => {}
        }
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match (kind, schema["format"].as_str(), schema["pattern"].as_str()) {
        ("string", Some("date"), _) => json!("2026-03-01"),
        ("string", _, Some("^[0-9a-f]{32}$")) => json!(PERSON),
        ("string", _, Some(_)) => json!("1"),
        ("string", ..) => json!("urn:text"),
        ("integer" | "number", ..) => json!(1),
        ("boolean", ..) => json!(true),
        ("array", ..) => json!([sample(document, &schema["items"])]),
        _ => {
            let properties = schema["properties"].as_object().cloned().unwrap_or_default();
            Value::Object(properties.iter().map(|(name, schema)| (name.clone(), sample(document, schema))).collect())
        }
    }
}

/// Every way to break one value of a body.
fn broken(body: &Value) -> Vec<Value> {
    let strange = [
        json!(null),
        json!(true),
        json!(-1),
        json!(18_446_744_073_709_551_615_u64),
        json!(1.5),
        serde_json::from_str("1e999").unwrap(),
        json!(""),
        json!("\u{0}"),
        json!("\u{202e}\u{feff}𝔘"),
        json!("x".repeat(20_000)),
        json!("../../etc/passwd"),
        json!("2026-99-99"),
        json!([]),
        json!([[]]),
        json!({}),
        json!({ "unknown": 1 }),
    ];
    let mut all = Vec::new();
    for pointer in pointers(body, "") {
        for value in &strange {
            let mut changed = body.clone();
            *changed.pointer_mut(&pointer).unwrap() = value.clone();
            all.push(changed);
        }
        if let Some((parent, name)) = pointer.rsplit_once('/') {
            let mut without = body.clone();
            if let Some(fields) = without.pointer_mut(parent).and_then(Value::as_object_mut) {
                fields.shift_remove(name);
                fields.insert("".to_owned(), json!({}));
                all.push(without.clone());
                without.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove("");
                all.push(without);
            }
        }
        let mut many = body.clone();
        if let Some(list) = many.pointer_mut(&pointer).and_then(Value::as_array_mut)
            && let Some(first) = list.first().cloned()
        {
            *list = vec![first; 600];
            all.push(many);
        }
    }
    all
}

fn pointers(value: &Value, at: &str) -> Vec<String> {
    let inner: Vec<String> = match value {
        Value::Object(fields) => {
            fields.iter().flat_map(|(name, value)| pointers(value, &format!("{at}/{name}"))).collect()
        }
        Value::Array(list) => {
            list.iter().enumerate().flat_map(|(index, value)| pointers(value, &format!("{at}/{index}"))).collect()
        }
        _ => Vec::new(),
    };
    std::iter::once(at.to_owned()).chain(inner).collect()
}

struct Run {
    world: World,
    document: Value,
    schemas: Schemas,
    asked: usize,
    fine: usize,
    wrong: Vec<String>,
}

impl Run {
    /// Asks, and holds the answer against the description.
    async fn ask(&mut self, endpoint: &Endpoint, ask: Ask) {
        let other = ask.method.as_str() != endpoint.method.to_uppercase();
        let told = format!("{} {}", ask.method, ask.target.chars().take(120).collect::<String>());
        let body = String::from_utf8_lossy(&ask.body).chars().take(200).collect::<String>();
        let head = ask.method.as_str() == "HEAD";
        let Some(got) = ask.try_send(&self.world.router).await else { return };
        self.asked += 1;
        let path = format!("/api/v1/care-plans{}", endpoint.path);
        let responses = &self.document["paths"][&path][endpoint.method]["responses"];
        let verdict = if other {
            sound(&mut self.schemas, &got, head)
        } else {
            let response = &responses[got.status.to_string()];
            let schema = response["content"].as_object().and_then(|content| content.values().next());
            match schema {
                None => Err(format!("{} is not documented", got.status)),
                Some(schema) => sound(&mut self.schemas, &got, false).and_then(|()| {
                    let faults = self.schemas.faults(&schema["schema"], &got.json);
                    if faults.is_empty() { Ok(()) } else { Err(format!("{faults:?}")) }
                }),
            }
        };
        self.fine += usize::from(got.status < 300);
        if let Err(wrong) = verdict {
            self.wrong.push(format!("{told} {body}: {} {wrong} {}", got.status, got.text));
        }
    }
}

/// No failure of ours, and a problem of a known kind where it is refused.
fn sound(schemas: &mut Schemas, got: &Got, head: bool) -> Result<(), String> {
    if got.status >= 500 {
        return Err("is a failure of ours".to_owned());
    }
    if got.status < 400 || head {
        return Ok(());
    }
    let known = Code::ALL.iter().any(|code| code.word() == got.code() && code.status().as_u16() == got.status);
    let problem = got.header("content-type") == "application/problem+json" && got.json["status"] == json!(got.status);
    let faults = schemas.faults(&json!({ "$ref": "#/components/schemas/Problem" }), &got.json);
    if known && problem && faults.is_empty() { Ok(()) } else { Err(format!("is no problem: {faults:?}")) }
}

/// A plan of everything, so that what is asked is there.
async fn stage(world: &World) -> Map<String, Value> {
    let doctor = world.doctor("valley");
    let body = json!({ "person": PERSON, "title": "One", "members": [{ "name": "Ada" }] });
    let made = world.send(Ask::post("").by(&doctor).json(&body)).await.must(201);
    let plan = made.id();
    let said = json!({ "version": 1, "description": { "text": "Goal" } });
    let goal = world.send(Ask::post(&format!("/{plan}/goals")).by(&doctor).json(&said)).await.must(201);
    let said = json!({ "version": 2, "description": { "text": "Activity" } });
    let activity = world.send(Ask::post(&format!("/{plan}/activities")).by(&doctor).json(&said)).await.must(201);
    let concern = json!({ "person": PERSON, "description": { "text": "Concern" } });
    let concern = world.send(Ask::post("/concerns").by(&doctor).json(&concern)).await.must(201).id();
    let issue = json!({ "id": "i", "code": "c", "subject": plan, "seen": "s" });
    let decision = json!({ "person": PERSON, "issue": issue, "chosen": "changed" });
    let decision = world.send(Ask::post("/decisions").by(&doctor).json(&decision)).await.must(201).id();
    let ids = json!({
        "concern": concern, "decision": decision, "overlay": PERSON,
        "plan": plan, "goal": goal.json["goal"]["id"], "activity": activity.json["activity"]["id"],
        "member": made.json["team"]["members"][0]["id"], "version": "1",
    });
    ids.as_object().unwrap().clone()
}

fn fill(path: &str, ids: &Map<String, Value>) -> String {
    ids.iter().fold(path.to_owned(), |path, (name, id)| path.replace(&format!("{{{name}}}"), id.as_str().unwrap()))
}

#[tokio::test]
async fn no_endpoint_fails_whatever_is_sent_and_answers_only_what_is_documented() {
    let world = World::new().await;
    let mut run = Run {
        world,
        document: openapi::document(),
        schemas: Schemas::of(openapi::document()),
        asked: 0,
        fine: 0,
        wrong: Vec::new(),
    };
    let token = run.world.doctor("valley");
    for endpoint in endpoints() {
        // A plan of its own for each: one that grows with every request is slow, and shows nothing more.
        let ids = stage(&run.world).await;
        let upper = endpoint.method.to_uppercase();
        let path = fill(endpoint.path, &ids);
        let ask = || Ask::new(&upper, &path).by(&token);
        for odd in
            ["%00", "%FF", "..", "%2e%2e%2f", "x", "ABABABABABABABABABABABABABABABAB", &"9".repeat(300), "'", "*"]
        {
            for name in ids.keys().filter(|name| endpoint.path.contains(&format!("{{{name}}}"))) {
                let mut ids = ids.clone();
                ids[name] = json!(odd);
                run.ask(&endpoint, Ask::new(&upper, &fill(endpoint.path, &ids)).by(&token).json(&json!({}))).await;
            }
        }
        for query in [
            "?",
            "?x=1",
            "?limit=%FF",
            "?cursor=%00&limit=1",
            "?=&&=",
            "?person=1&person=2",
            "?status=,",
            "?from=1",
            "?from=1&to=1",
            "?from=1&to=99",
            "?from=0&to=x",
        ] {
            let target = format!("{path}{query}");
            run.ask(&endpoint, Ask::new(&upper, &target).by(&token).json(&json!({}))).await;
        }
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"] {
            if method != upper {
                run.ask(&endpoint, Ask::new(method, &path).by(&token).json(&json!({}))).await;
            }
        }
        run.ask(&endpoint, Ask::new(&upper, &path)).await;
        run.ask(&endpoint, Ask::new(&upper, &path).by("x")).await;
        run.ask(&endpoint, ask()).await;
        let Some(takes) = endpoint.takes else { continue };
        let named = &run.document["paths"][format!("/api/v1/care-plans{}", endpoint.path)][endpoint.method];
        let mut good = sample(&run.document, &named["requestBody"]["content"]["application/json"]["schema"]);
        if let Some(fields) = good.as_object_mut() {
            fields.shift_remove("patient");
        }
        let (mut now, mut changed) = (0, true);
        for mut body in std::iter::once(good.clone()).chain(broken(&good)) {
            // The present version, so that what stands in the body is looked at.
            if changed {
                let whose = ["concern", "decision"].into_iter().find(|it| endpoint.path.contains(&format!("{{{it}}}")));
                let whole = whose.map_or("/{plan}".to_owned(), |it| format!("/{it}s/{{{it}}}"));
                now = run.world.send(Ask::get(&fill(&whole, &ids)).by(&token)).await.version();
            }
            if takes.changes && body["version"] == json!(1) {
                body["version"] = json!(now);
            }
            let fine = run.fine;
            run.ask(&endpoint, ask().json(&body)).await;
            changed = run.fine > fine;
        }
        for bytes in [
            &b"\xff\xfe"[..],
            b"{\"title\":\"\xc3\x28\"}",
            b"\"",
            b"{\"a\":1,}",
            b"\xef\xbb\xbf{}",
            b"NaN",
            b"{\"version\":01}",
        ] {
            let mut ask = ask().with("content-type", "application/json");
            ask.body = bytes.to_vec();
            run.ask(&endpoint, ask).await;
        }
        let deep = format!("{{\"x\":{}{}}}", "[".repeat(5_000), "]".repeat(5_000));
        let mut ask_deep = ask().with("content-type", "application/json");
        ask_deep.body = deep.into_bytes();
        run.ask(&endpoint, ask_deep).await;
        run.ask(&endpoint, ask().json(&json!({ "x": "x".repeat(1_100_000) }))).await;
        for (name, value) in [
            ("if-match", "\"0\""),
            ("if-match", "nonsense"),
            ("if-match", "\"18446744073709551616\""),
            ("idempotency-key", "\t"),
            ("idempotency-key", "k"),
            ("content-length", "none"),
            ("content-type", "text/html"),
            ("content-encoding", "br"),
        ] {
            run.ask(&endpoint, ask().json(&good).with(name, value)).await;
        }
    }
    let Run { asked, fine, wrong, .. } = run;
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(asked >= 5_000, "{asked} requests");
    assert!(fine >= 200, "{fine} were answered: without any, the rest would prove nothing");
}
