//! Clients that we did not write: `fhirclient` (Python) and `fhir-kit-client` (Node) read the FHIR surface, schemathesis
//! asks every operation of the description.
//!
//! They come from registries that a run of the tests does not reach, so they run where `ACCORD_CLIENTS` names a folder that
//! has them (`docs/fhir-surface.md`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use care_plan_service::fhir::Surface;
use care_plan_service::rest;
use serde_json::{Value, json};

use crate::world::{Ask, OTHER, PERSON, World};

/// The folder that has the clients.
fn clients() -> Option<PathBuf> {
    let folder = std::env::var_os("ACCORD_CLIENTS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: ACCORD_CLIENTS names no folder with clients");
    }
    folder
}

/// Serves REST and FHIR on a port of this machine. Returns the address.
async fn serve(world: &World) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let parts = world.rest.clone();
    let since = "2026-03-01T00:00:00Z".parse().unwrap();
    let base = format!("{address}/fhir/r4");
    let surface =
        Surface::new(parts.service.clone(), parts.admission.clone(), Arc::new(|_, _| None), &base, since).router();
    let router = Router::new().nest_service("/fhir/r4", surface).fallback_service(rest::router(&parts));
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// Two people with plans; what a client should find of the first.
async fn peopled(world: &World, token: &str) -> Value {
    let body = json!({ "person": PERSON, "title": "Diabetes & kidneys <both>", "instantiates": ["https://example.org/dm|1"],
        "description": "So that she can walk.", "period": { "start": "2026-03-01" },
        "members": [{ "name": "Ana", "resource": { "source": "valley-ehr", "kind": "Practitioner", "id": "9" },
            "roles": [{ "text": "Nurse" }] }] });
    let plan = world.send(Ask::post("").by(token).json(&body)).await.must(201).id();
    let add = async |part: &str, body: Value| {
        world.send(Ask::post(&format!("/{plan}/{part}")).by(token).json(&body)).await.must(201).json
    };
    let measure = json!({ "text": "HbA1c", "codings": [{ "system": "http://loinc.org", "code": "4548-4" }] });
    let mut goals = Vec::new();
    for number in 0..7 {
        let value = json!({ "quantity": { "value": "7.50", "comparator": "<", "unit": "%", "ucum": "%" } });
        let target = json!({ "measure": measure, "value": value, "due": "2026-09-01" });
        let goal = json!({ "version": number + 1, "status": "active", "description": { "text": format!("Goal {number}") },
            "targets": [target], "priority": "high" });
        goals.push(add("goals", goal).await["goal"]["id"].clone());
    }
    let exam = json!({ "text": "Eye exam", "codings": [{ "system": "http://snomed.info/sct", "code": "36228007" }] });
    let exam = json!({ "version": 8, "description": exam, "schedule": { "due": "2026-05-01", "often": "once a year" },
        "goals": [goals[0]] });
    let activity = add("activities", exam).await["activity"]["id"].clone();
    for version in 9..12 {
        let note = json!({ "version": version, "text": "Well." });
        let path = format!("/{plan}/goals/{}/notes", goals[0].as_str().unwrap());
        world.send(Ask::post(&path).by(token).json(&note)).await.must(201);
    }
    let concern = json!({ "person": PERSON, "description": { "text": "Pain" }, "onset": { "partial": "2019-05" } });
    let concern = world.send(Ask::post("/concerns").by(token).json(&concern)).await.must(201).id();
    let issue = json!({ "id": "i", "code": "target-differs", "subject": "s", "seen": "s" });
    let decision = json!({ "person": PERSON, "issue": issue, "chosen": "changed" });
    let decision = world.send(Ask::post("/decisions").by(token).json(&decision)).await.must(201).id();
    world.send(Ask::post("").by(token).json(&json!({ "person": OTHER, "title": "Of another" }))).await.must(201);
    json!({ "person": PERSON, "plan": plan, "plan_versions": 12, "goal": goals[0], "goal_versions": 4, "goals": 7,
        "activity": activity, "concern": concern, "decision": decision })
}

/// Runs a client to its end; what it says is what is wrong.
async fn run(mut command: Command) {
    let told = format!("{command:?}");
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap();
    let output = output.unwrap_or_else(|error| panic!("{told}: {error}"));
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    assert!(output.status.success(), "{text}");
    eprintln!("{text}");
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../end2end/clients").join(name)
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_of_others_read_the_fhir_surface_to_its_end() {
    let Some(folder) = clients() else { return };
    let world = World::new().await;
    let token = world.doctor("valley");
    let there = peopled(&world, &token).await;
    let base = format!("{}/fhir/r4", serve(&world).await);
    let mut python = Command::new(folder.join("venv/bin/python"));
    python.arg(script("fhirclient_reads.py"));
    let mut node = Command::new("node");
    // A module finds what it imports beside itself, so the folder is told in words.
    node.arg(script("fhir_kit_reads.mjs")).arg(folder.join("node_modules/fhir-kit-client"));
    for mut client in [python, node] {
        client.env("FHIR_BASE", &base).env("FHIR_TOKEN", &token).env("FHIR_THERE", there.to_string());
        run(client).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_made_up_request_gets_a_5xx_or_an_answer_that_the_description_does_not_name() {
    let Some(folder) = clients() else { return };
    let world = World::new().await;
    let token = world.doctor("valley");
    let there = peopled(&world, &token).await;
    let address = serve(&world).await;
    let mut schemathesis = Command::new(folder.join("venv/bin/schemathesis"));
    // Ids that are there, so that what is asked is more than whether it is.
    let config = tempfile::tempdir().unwrap();
    let mut ids = String::from("[parameters]\n");
    for name in ["plan", "goal", "activity", "concern", "decision"] {
        ids.push_str(&format!("\"path.{name}\" = {}\n", there[name]));
    }
    std::fs::write(config.path().join("schemathesis.toml"), ids).unwrap();
    let checks = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,\
                  response_schema_conformance";
    schemathesis.arg("run").arg(format!("{address}/api/v1/care-plans/openapi.json"));
    schemathesis.args(["--header", &format!("Authorization: Bearer {token}"), "--checks", checks]);
    let examples = std::env::var("ACCORD_CLIENTS_EXAMPLES").unwrap_or_else(|_| "25".to_owned());
    schemathesis.args(["--seed", "1", "--no-color", "--suppress-health-check", "all", "--max-examples", &examples]);
    schemathesis.current_dir(config.path());
    run(schemathesis).await;
}
