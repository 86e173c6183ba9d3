//! What a source offers (checklist section 1).

use jiff::SignedDuration;
use serde_json::{Value, json};
use smart::{DiscoveryError, FoundBy};

use crate::ehr::Ehr;
use crate::world::{World, well_known};

const WELL_KNOWN: &str = "/fhir/.well-known/smart-configuration";

/// The source's document with some fields other; `null` takes a field out.
async fn discover_with(changes: Value) -> Result<smart::Discovery, DiscoveryError> {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    for (field, value) in changes.as_object().expect("an object") {
        match value {
            Value::Null => document.as_object_mut().expect("an object").remove(field),
            value => document.as_object_mut().expect("an object").insert(field.clone(), value.clone()),
        };
    }
    world.ehr.answer_json(WELL_KNOWN, document);
    let found = world.smart.discover(&world.client).await.map(|found| (*found).clone());
    assert_eq!(world.ehr.all().len(), 1, "a broken document is not repaired by another");
    found
}

fn statement(root: &str) -> Value {
    json!({"resourceType": "CapabilityStatement", "rest": [{"mode": "server", "security": {"extension": [
        {"url": "http://example.org/other"},
        {"url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", "extension": [
            {"url": "authorize", "valueUri": format!("{root}/authorize")},
            {"url": "token", "valueUri": format!("{root}/token")},
            {"url": "manage", "valueUri": "https://elsewhere.test/manage"},
        ]},
    ]}}]})
}

#[tokio::test]
async fn d1_the_document_is_asked_for_below_the_whole_base_path() {
    let world = World::public().await;
    let found = world.smart.discover(&world.client).await.expect("discovery");
    assert_eq!(found.found_by, FoundBy::WellKnown);
    assert_eq!(found.token_endpoint.as_str(), format!("{}/token", world.ehr.root));
    assert!(found.offers("launch-ehr") && found.signs_in());
    let [request] = world.ehr.all().try_into().ok().expect("one request");
    assert_eq!(
        (request.path.as_str(), &request.headers["accept"]),
        (WELL_KNOWN, &"application/json".parse().expect("a value"))
    );
}

#[tokio::test]
async fn d4_relative_endpoints_are_resolved_against_the_base() {
    let found =
        discover_with(json!({"authorization_endpoint": "auth/authorize", "token_endpoint": "/oauth/token"})).await;
    let found = found.expect("discovery");
    assert_eq!(found.authorization_endpoint.map(|url| url.path().to_owned()).as_deref(), Some("/fhir/auth/authorize"));
    assert_eq!(found.token_endpoint.path(), "/oauth/token");
}

#[tokio::test]
async fn d2_what_is_missing_is_named() {
    for field in ["token_endpoint", "authorization_endpoint", "capabilities", "issuer", "jwks_uri"] {
        let mut changes = json!({});
        changes[field] = json!(null);
        let error = discover_with(changes).await.expect_err("a refusal");
        assert!(matches!(&error, DiscoveryError::Invalid { field: named, .. } if *named == field), "{error}");
    }
    let wrong = discover_with(json!({"token_endpoint": 7})).await;
    assert!(matches!(wrong, Err(DiscoveryError::Invalid { field: "token_endpoint", .. })));
}

#[tokio::test]
async fn d5_a_source_is_taken_where_nobody_speaks_of_pkce_and_refused_where_s256_is_left_out() {
    assert!(discover_with(json!({"code_challenge_methods_supported": null})).await.is_ok());
    for methods in [json!(["plain"]), json!([])] {
        let refused = discover_with(json!({"code_challenge_methods_supported": methods})).await;
        assert!(matches!(refused, Err(DiscoveryError::NoPkce { .. })));
    }
}

#[tokio::test]
async fn d7_an_endpoint_at_a_foreign_origin_is_refused() {
    for field in ["token_endpoint", "authorization_endpoint", "jwks_uri"] {
        for url in ["https://evil.test/x", "//evil.test/x", "http://127.0.0.1:1/x", "javascript:alert(1)"] {
            let mut changes = json!({});
            changes[field] = json!(url);
            let refused = discover_with(changes).await;
            assert!(matches!(refused, Err(DiscoveryError::ForeignEndpoint { .. })), "{field} {url}");
        }
    }
}

#[tokio::test]
async fn d7_a_foreign_origin_that_the_operator_allows_for_this_source_is_taken() {
    let (mut world, other) = (World::public().await, Ehr::start().await);
    let mut document = well_known(&world.ehr.root);
    document["token_endpoint"] = json!(format!("{}/token", other.root));
    world.ehr.answer_json(WELL_KNOWN, document);
    world.client.allowed_origins = outbound::Origin::parse(&other.root).into_iter().collect();
    assert!(world.smart.discover(&world.client).await.is_ok());
}

#[tokio::test]
async fn d7_a_revocation_endpoint_with_user_information_is_as_good_as_not_offered() {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["revocation_endpoint"] = json!(world.ehr.root.replace("http://", "http://user:word@") + "/revoke");
    world.ehr.answer_json(WELL_KNOWN, document);
    let found = world.smart.discover(&world.client).await.expect("discovery");
    assert_eq!(found.revocation_endpoint, None);
}

#[tokio::test]
async fn d6_a_server_without_the_document_is_asked_for_its_capability_statement() {
    for (status, content_type, body) in
        [(404, "text/html", "no"), (200, "text/html", "<!doctype html>"), (200, "application/json", "{")]
    {
        let world = World::public().await;
        world.ehr.answer(WELL_KNOWN, status, content_type, body);
        world.ehr.answer("/fhir/metadata", 200, "application/fhir+json", statement(&world.ehr.root));
        let found = world.smart.discover(&world.client).await.expect("discovery");
        assert_eq!(found.found_by, FoundBy::CapabilityStatement);
        assert_eq!(found.token_endpoint.as_str(), format!("{}/token", world.ehr.root));
        assert!(!found.signs_in());
    }
}

#[tokio::test]
async fn d6_the_capability_statement_is_held_to_the_same_rules() {
    let world = World::public().await;
    world.ehr.forget(WELL_KNOWN);
    world.ehr.answer_json("/fhir/metadata", statement("https://evil.test"));
    let foreign = world.smart.discover(&world.client).await;
    assert!(matches!(foreign, Err(DiscoveryError::ForeignEndpoint { .. })));
    world.ehr.answer_json("/fhir/metadata", json!({"resourceType": "CapabilityStatement", "rest": []}));
    let silent = world.smart.discover(&world.client).await;
    assert!(matches!(silent, Err(DiscoveryError::Invalid { field: "oauth-uris", .. })));
}

#[tokio::test]
async fn d6_a_whole_launch_works_at_a_server_of_the_first_generation() {
    let world = World::public().await;
    world.ehr.forget(WELL_KNOWN);
    world.ehr.answer_json("/fhir/metadata", statement(&world.ehr.root));
    let granted = world.launch().await.expect("a grant");
    assert_eq!(granted.grant.patient.as_deref(), Some("pat-1"));
    assert_eq!(granted.identity, None);
}

#[tokio::test]
async fn d6_a_source_out_of_order_is_not_asked_for_the_other_document() {
    let world = World::public().await;
    world.ehr.answer(WELL_KNOWN, 500, "text/html", "<h1>no</h1>");
    let refused = world.smart.discover(&world.client).await;
    assert!(matches!(refused, Err(DiscoveryError::Status { status: 500, .. })));
    assert!(world.ehr.seen("/fhir/metadata").is_empty());
}

#[tokio::test]
async fn d7_a_document_that_is_too_long_is_refused() {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["padding"] = json!("x".repeat(256 * 1024));
    world.ehr.answer_json(WELL_KNOWN, document);
    assert!(matches!(world.smart.discover(&world.client).await, Err(DiscoveryError::NotAsked { .. })));
}

#[tokio::test]
async fn d7_what_was_found_holds_a_day_while_the_source_is_away_and_ends_when_it_says_something_wrong() {
    let mut world = World::public().await;
    world.smart.discover(&world.client).await.expect("discovery");
    world.clock.forward(SignedDuration::from_hours(2));
    world.ehr.answer(WELL_KNOWN, 503, "text/html", "");
    assert!(world.smart.discover(&world.client).await.is_ok());
    world.ehr.answer_json(WELL_KNOWN, json!({"capabilities": []}));
    assert!(matches!(world.smart.discover(&world.client).await, Err(DiscoveryError::Invalid { .. })));
    world.ehr.stop().await;
    assert!(world.smart.discover(&world.client).await.is_ok());
    world.clock.forward(SignedDuration::from_hours(23));
    assert!(matches!(world.smart.discover(&world.client).await, Err(DiscoveryError::NotAsked { .. })));
}

#[tokio::test]
async fn d3_optional_fields_are_read_and_none_is_needed() {
    let found = discover_with(json!({
        "registration_endpoint": "register", "introspection_endpoint": "/introspect",
        "management_endpoint": "https://elsewhere.test/manage", "revocation_endpoint": "https://elsewhere.test/revoke",
        "scopes_supported": ["openid"], "user_access_brand_bundle": "/brands.json",
        "user_access_brand_identifier": {"system": "urn:ietf:rfc:3986", "value": "https://valley.example"},
        "associated_endpoints": [{"url": "https://other.example/fhir", "capabilities": ["x"]}, 7],
    }))
    .await
    .expect("discovery");
    assert_eq!(found.extras.registration_endpoint.map(|url| url.path().to_owned()).as_deref(), Some("/fhir/register"));
    assert_eq!(found.extras.introspection_endpoint.map(|url| url.path().to_owned()).as_deref(), Some("/introspect"));
    // What is only offered is as good as not offered at a foreign origin.
    assert_eq!((found.extras.management_endpoint, found.revocation_endpoint), (None, None));
    assert_eq!(found.extras.grant_types, ["authorization_code"]);
    assert_eq!(found.extras.associated_endpoints, ["https://other.example/fhir"]);
    assert_eq!(found.extras.brand_identifier.map(|(_, value)| value).as_deref(), Some("https://valley.example"));
    assert_eq!(found.brands.map(|url| url.path().to_owned()).as_deref(), Some("/brands.json"));
    for field in ["grant_types_supported", "code_challenge_methods_supported"] {
        let mut changes = json!({});
        changes[field] = json!(null);
        assert!(discover_with(changes).await.is_ok(), "{field}");
    }
}

#[tokio::test]
async fn d5_a_list_without_s256_is_overruled_by_the_operator_for_this_source_only() {
    let mut world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["code_challenge_methods_supported"] = json!(["plain"]);
    world.ehr.answer_json(WELL_KNOWN, document);
    assert!(matches!(world.smart.discover(&world.client).await, Err(DiscoveryError::NoPkce { .. })));
    world.client.assume_s256 = true;
    let authorization = world.begin(world.ehr_start()).await;
    assert_eq!(crate::world::parameter(&authorization, "code_challenge_method").as_deref(), Some("S256"));
}

#[tokio::test]
async fn d7_a_redirect_of_discovery_is_not_followed() {
    let world = World::public().await;
    world.ehr.answer(WELL_KNOWN, 302, "text/html", "");
    assert!(matches!(world.smart.discover(&world.client).await, Err(DiscoveryError::NotAsked { .. })));
    assert_eq!(world.ehr.all().len(), 1);
}

#[tokio::test]
async fn d8_capabilities_are_listed_in_todays_spelling_and_unknown_ones_apart() {
    let listed =
        json!(["context-passthrough-banner", "context-passthrough-style", "launch-ehr", "permission-v1", "x-own"]);
    let found = discover_with(json!({"capabilities": listed})).await.expect("discovery");
    assert!(found.offers("context-banner") && found.offers("context-style") && !found.offers("authorize-post"));
    let known: Vec<_> = found.known_capabilities().collect();
    assert_eq!(known, ["launch-ehr", "context-banner", "context-style", "permission-v1"]);
    assert_eq!(found.other_capabilities().collect::<Vec<_>>(), ["x-own"]);
}
