//! What an operator reads about servers that are poor, hostile, or do not answer.

use std::sync::Arc;

use fhir_client::Capability;
use serde_json::{Value, json};
use smart::Discovery;

use super::survey::Survey;
use super::{gaps, json as written, report};
use crate::config::SourceConfig;

fn source(more: &str) -> SourceConfig {
    let text = format!(
        "id = \"far\"\ntenant = \"valley\"\nname = \"Far Clinic\"\nfhir_base = \"https://far.example/fhir\"\nclient_id = \"accord\"\n{more}"
    );
    toml::from_str(&text).expect("a source")
}

fn discovery(more: &Value) -> Discovery {
    let mut whole = json!({
        "found_by": "WellKnown", "issuer": "https://far.example", "authorization_endpoint": "https://far.example/authorize",
        "token_endpoint": "https://far.example/token", "jwks_uri": "https://far.example/jwks", "revocation_endpoint": null,
        "capabilities": [], "code_challenge_methods": null, "token_auth_methods": [], "scopes": []
    });
    for (field, value) in more.as_object().expect("an object") {
        whole[field] = value.clone();
    }
    serde_json::from_value(whole).expect("a discovery")
}

fn capability(statement: &Value) -> Arc<Capability> {
    Arc::new(Capability::parse(&statement.to_string()).expect("a CapabilityStatement"))
}

fn offers(kinds: &[(&str, &[&str])]) -> Arc<Capability> {
    let resources: Vec<Value> = kinds
        .iter()
        .map(|(kind, codes)| {
            let interactions: Vec<Value> = codes.iter().map(|code| json!({ "code": code })).collect();
            json!({ "type": kind, "interaction": interactions })
        })
        .collect();
    capability(&json!({
        "resourceType": "CapabilityStatement", "fhirVersion": "4.0.1", "rest": [{ "mode": "server", "resource": resources }]
    }))
}

fn survey<'a>(source: &'a SourceConfig, found: Discovery, capability: Arc<Capability>) -> Survey<'a> {
    let written = source.writes.iter().map(|kind| format!("patient/{kind}.u"));
    let scopes = aggregation::kinds().map(|kind| format!("patient/{kind}.rs")).chain(written);
    let scopes = scopes.chain(source.scopes.iter().cloned()).collect();
    Survey { source, scopes, discovery: Ok(found), capability: Ok(capability) }
}

fn missing(survey: &Survey<'_>) -> Vec<String> {
    gaps::of(survey).into_iter().map(|gap| format!("{}: {}", gap.missing, gap.means)).collect()
}

const SECRET: &str = "writes = [\"Goal\"]\nauth = { method = \"client_secret_basic\", secret_file = \"s\" }";

#[test]
fn the_report_on_a_poor_server_says_what_its_users_will_miss() {
    let source = source(SECRET);
    let found = discovery(&json!({
        "found_by": "CapabilityStatement", "issuer": null, "jwks_uri": null, "capabilities": ["launch-ehr", "x-own"],
        "token_auth_methods": ["client_secret_post"]
    }));
    let reading = ["read", "search-type"];
    let poor = offers(&[("Patient", &["read"]), ("Condition", &reading), ("Goal", &reading), ("CarePlan", &[])]);
    insta::assert_snapshot!(report::of(&survey(&source, found, poor)));
}

#[test]
fn a_server_that_offers_everything_has_no_gaps() {
    let source = source(
        "writes = [\"Goal\"]\nscopes = [\"online_access\"]\nauth = { method = \"private_key_jwt\", key_file = \"k\", alg = \"ES384\" }\nlaunches = [\"ehr\", \"standalone\", \"backend\"]",
    );
    let found = discovery(&json!({
        "capabilities": smart::CAPABILITIES, "token_auth_methods": ["private_key_jwt"],
        "revocation_endpoint": "https://far.example/revoke", "brands": "https://far.example/brands",
    }));
    let all = ["read", "search-type", "create", "update"];
    let probe = survey(&source, found.clone(), offers(&[]));
    let kinds = probe.kinds();
    let rows: Vec<(&str, &[&str])> = kinds.iter().map(|kind| (kind.as_str(), &all[..])).collect();
    let mut rich = (*offers(&rows)).clone();
    rich.types.get_mut("Patient").expect("Patient").operations.insert("match".to_owned());
    let rich = survey(&source, found, Arc::new(rich));
    assert_eq!(missing(&rich), [""; 0]);
    assert!(report::of(&rich).ends_with("  Nothing is missing."));
    let text = report::of(&rich);
    assert!(text.contains("    without user  the same types of system/, to read only"), "{text}");
}

#[test]
fn a_server_that_could_not_be_asked_is_told_with_the_reason_and_what_it_means() {
    let source = source(SECRET);
    let failed = |what: &str| Err(format!("source far {what}"));
    let survey = Survey {
        source: &source,
        scopes: Vec::new(),
        discovery: failed("could not be asked what it offers"),
        capability: Err("no answer in time".to_owned()),
    };
    insta::assert_snapshot!(report::of(&survey));
}

#[test]
fn what_could_be_used_and_is_not_is_told_with_the_line_to_add() {
    let source = source("auth = { method = \"public\" }");
    let found = discovery(&json!({ "capabilities": ["permission-online"] }));
    let said = missing(&survey(&source, found, offers(&[("Goal", &["read", "search-type", "update"])])));
    assert!(
        said.contains(
            &"refresh is not asked for: add \"online_access\" to `scopes`, and users stay signed in".to_owned()
        ),
        "{said:#?}"
    );
    assert!(
        said.contains(
            &"Goal update is not used: add \"Goal\" to `writes`, and goals can be changed from here".to_owned()
        )
    );
}

#[test]
fn a_server_that_lists_no_types_is_tried_and_lacks_none() {
    let source = source(SECRET);
    let silent = capability(&json!({ "resourceType": "CapabilityStatement", "fhirVersion": "3.0.2" }));
    let said = missing(&survey(&source, discovery(&json!({})), silent));
    assert!(said.iter().all(|gap| !gap.contains("Goal") && !gap.contains("no Patient")), "{said:#?}");
    assert!(said.iter().any(|gap| gap.starts_with("no R4 (it says 3.0.2)")), "{said:#?}");
}

#[test]
fn backend_services_without_client_credentials_are_told() {
    let source =
        source("launches = [\"backend\"]\nauth = { method = \"private_key_jwt\", key_file = \"k\", alg = \"ES384\" }");
    let found = |grants: Value| {
        discovery(&json!({ "capabilities": ["client-confidential-asymmetric"], "extras": {
            "grant_types": grants, "registration_endpoint": null, "introspection_endpoint": null,
            "management_endpoint": null, "brand_identifier": null, "associated_endpoints": []
        } }))
    };
    let said = |grants: Value| missing(&survey(&source, found(grants), offers(&[])));
    let told = |said: Vec<String>| said.iter().any(|gap| gap.starts_with("no Backend Services: "));
    assert!(told(said(json!(["authorization_code"]))));
    assert!(!told(said(json!(["client_credentials"]))) && !told(said(json!([]))));
}

#[test]
fn the_words_of_a_hostile_server_move_no_cursor_and_fill_no_screen() {
    let source = source(SECRET);
    let nasty = format!("\u{1b}[2J\u{1b}[31mowned\u{7}\r\n\u{202e}{}", "x".repeat(5_000));
    let many: Vec<String> = (0..1_000).map(|number| format!("{nasty}{number}")).collect();
    let found = discovery(&json!({ "capabilities": many, "scopes": many, "token_auth_methods": many }));
    let mut statement = (*offers(&[("Goal", &["read"])])).clone();
    statement.fhir_version = nasty.clone();
    let text = report::of(&survey(&source, found, Arc::new(statement)));
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text}");
    assert!(!text.contains('\u{202e}'));
    assert!(text.lines().count() < 250, "{}", text.lines().count());
}

#[test]
fn no_line_is_longer_than_a_terminal() {
    let source = source(SECRET);
    let found = discovery(&json!({ "capabilities": smart::CAPABILITIES, "scopes": ["openid", "patient/*.cruds"] }));
    let text = report::of(&survey(&source, found, offers(&[("Goal", &["read", "update"])])));
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn programs_get_the_same_as_json() {
    let source = source(SECRET);
    let all = [survey(&source, discovery(&json!({})), offers(&[("Goal", &["read", "search-type"])]))];
    let json = written::of(&all);
    assert_eq!(json["sources"][0]["uses"]["client_auth"], "client_secret_basic");
    let types = json["sources"][0]["uses"]["types"].as_array().expect("types");
    let goal = types.iter().find(|row| row["type"] == "Goal").expect("Goal");
    assert_eq!((&goal["search"], &goal["update"]), (&json!("Yes"), &json!("NotSupported")));
    let gaps = json["sources"][0]["missing"].as_array().expect("gaps");
    assert!(gaps.iter().any(|gap| gap["missing"] == "no Goal update"));
}
