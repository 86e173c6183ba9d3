//! What a token allows.

use std::fmt::Write as _;
use std::path::Path;

use care_plan_service::rest::endpoints;
use care_plan_service::rest::scopes::written;
use serde_json::json;

use crate::world::{Ask, PERSON, World};

/// A clinician's token with these scopes.
fn doctor(world: &World, scopes: &str) -> String {
    world.token("valley", "doctor-1", "doctor", json!({ "scope": scopes }))
}

#[tokio::test]
async fn each_endpoint_takes_the_scopes_that_it_names_and_not_one_less() {
    let world = World::new().await;
    world.plan(&world.doctor("valley"), "Of the person").await;
    for endpoint in endpoints() {
        let path = endpoint.path.replace("{version}", "1");
        let path = ["{plan}", "{goal}", "{activity}", "{member}", "{concern}", "{decision}", "{overlay}"]
            .iter()
            .fold(path, |path, name| path.replace(name, PERSON));
        let ask = |scopes: &str| {
            let ask = Ask::new(&endpoint.method.to_uppercase(), &path).by(&doctor(&world, scopes));
            if endpoint.takes.is_some() { ask.json(&json!({})) } else { ask }
        };
        let needs = endpoint.needs();
        let enough = world.send(ask(&written("user", &needs))).await;
        assert_ne!(enough.code(), "INSUFFICIENT_SCOPE", "{}", endpoint.name);
        for left_out in 0..needs.len() {
            let mut fewer = needs.clone();
            fewer.remove(left_out);
            world.documents.asked();
            let refused = world.send(ask(&format!("openid {}", written("user", &fewer)))).await;
            let refused = refused.refused(403, "INSUFFICIENT_SCOPE");
            let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{}\"", written("user", &needs));
            assert_eq!(refused.header("www-authenticate"), challenge, "{}", endpoint.name);
            assert_eq!(world.documents.asked(), Vec::<&str>::new(), "{}", endpoint.name);
        }
    }
}

#[tokio::test]
async fn scopes_that_are_bound_narrowed_or_a_programs_open_nothing_to_a_user() {
    let world = World::new().await;
    for (scopes, status) in [
        ("user/CarePlan.s", 200),
        ("user/CarePlan.read", 200),
        ("user/*.rs", 200),
        ("user/CarePlan.cruds", 200),
        ("", 403),
        ("openid profile", 403),
        ("user/CarePlan.r", 403),
        ("user/CarePlan.write", 403),
        ("user/Goal.rs", 403),
        ("user/CarePlan.rs?category=assess-plan", 403),
        ("patient/*.cruds", 403),
        ("system/*.cruds", 403),
    ] {
        let got = world.send(Ask::get("").by(&doctor(&world, scopes))).await;
        assert_eq!(got.status, status, "{scopes} {}", got.text);
    }
    let own = world.token("valley", "p", "patient", json!({ "person": PERSON, "scope": "patient/CarePlan.s" }));
    world.send(Ask::get("").by(&own)).await.must(200);
}

#[tokio::test]
async fn the_licence_is_asked_before_the_scopes() {
    let world = World::new().await;
    let token = world.token("bare", "doctor-1", "doctor", json!({ "scope": "" }));
    world.send(Ask::post("").by(&token).json(&json!({}))).await.refused(403, "MODULE_NOT_LICENSED");
}

/// The table of the page, as the code has it.
fn table() -> String {
    let mut table = String::from("| endpoint | scopes |\n|---|---|\n");
    for endpoint in endpoints() {
        let scopes: Vec<String> = written("user", &endpoint.needs()).split(' ').map(|one| format!("`{one}`")).collect();
        let scopes = scopes.join(" ").replace("user/", "");
        writeln!(table, "| {} `{}` | {scopes} |", endpoint.method.to_uppercase(), path(endpoint.path)).unwrap();
    }
    table
}

fn path(path: &str) -> &str {
    if path.is_empty() { "/" } else { path }
}

#[test]
fn the_page_says_which_scopes_each_endpoint_takes() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/care-plans-api.md");
    let page = std::fs::read_to_string(&file).unwrap();
    let (begin, end) = ("<!-- scopes -->\n\n", "\n<!-- end of scopes -->");
    let (before, rest) = page.split_once(begin).unwrap();
    let (written, after) = rest.split_once(end).unwrap();
    if std::env::var_os("ACCORD_WRITE_SCHEMA").is_some() {
        std::fs::write(&file, format!("{before}{begin}{}{end}{after}", table())).unwrap();
    } else {
        assert_eq!(written, table(), "docs/care-plans-api.md is old: run this test with ACCORD_WRITE_SCHEMA=1");
    }
}
