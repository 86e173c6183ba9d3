//! User-access brands (D9).

use access::TenantId;
use jiff::SignedDuration;
use serde_json::{Value, json};
use smart::{BrandBundle, BrandsError, Registry};

use crate::world::{World, well_known};

fn bundle(base: &str) -> Value {
    let portal = "http://hl7.org/fhir/StructureDefinition/organization-portal";
    json!({
        "resourceType": "Bundle", "type": "collection", "timestamp": "2026-11-01T00:00:00Z",
        "entry": [
            {"fullUrl": "https://brands.example/Organization/1", "resource": {
                "resourceType": "Organization", "id": "1", "name": "Valley Primary Care", "alias": ["VPC", "\u{7}"],
                "address": [{"city": "Fresno", "state": "CA"}],
                "extension": [
                    {"url": "http://hl7.org/fhir/StructureDefinition/organization-brand",
                     "extension": [{"url": "brandLogo", "valueUrl": "https://tracker.test/logo.svg"}]},
                    {"url": portal, "extension": [
                        {"url": "portalName", "valueString": "MyValley"},
                        {"url": "portalUrl", "valueUrl": "https://my.valley.example/"},
                        {"url": "portalLogo", "valueUrl": "https://tracker.test/portal.svg"},
                        {"url": "portalEndpoint", "valueReference": {"reference": "Endpoint/e1"}},
                        {"url": "portalEndpoint", "valueReference": {"reference": "Endpoint/missing"}},
                    ]},
                    {"url": portal, "extension": [{"url": "portalUrl", "valueUrl": "javascript:alert(1)"}]},
                ],
                "endpoint": [{"reference": "https://brands.example/Endpoint/e2"}],
            }},
            {"resource": {"resourceType": "Organization", "id": "2"}},
            {"fullUrl": "https://brands.example/Endpoint/e1", "resource": {"resourceType": "Endpoint", "id": "e1", "address": base,
                "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version", "valueCode": "4.0.1"}]}},
            {"fullUrl": "https://brands.example/Endpoint/e2", "resource": {"resourceType": "Endpoint", "id": "e2", "address": "https://unregistered.example/fhir"}},
            {"resource": {"resourceType": "Endpoint", "id": "e3", "address": "file:///etc/passwd"}}, {}, 7,
        ],
    })
}

async fn world() -> World {
    let world = World::public().await;
    let mut document = well_known(&world.ehr.root);
    document["user_access_brand_bundle"] = json!("/brands.json");
    world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
    world.ehr.answer_json("/brands.json", bundle(world.client.fhir_base.as_str()));
    world
}

#[tokio::test]
async fn d9_organization_portal_and_endpoint_are_read() {
    let world = world().await;
    let brands = world.smart.brands(&world.client).await.expect("brands");
    let [brand] = brands.brands.as_slice() else { panic!("{brands:?}") };
    assert_eq!((brand.name.as_str(), brand.aliases.as_slice()), ("Valley Primary Care", &["VPC".to_owned()][..]));
    assert_eq!(brand.places, ["Fresno, CA"]);
    let [portal, strange] = brand.portals.as_slice() else { panic!("two portals") };
    assert_eq!((portal.name.as_deref(), strange.url.as_ref()), (Some("MyValley"), None));
    assert_eq!(portal.url.as_ref().map(|url| url.as_str()), Some("https://my.valley.example/"));
    let [endpoint] = portal.endpoints.as_slice() else { panic!("one endpoint") };
    assert_eq!(
        (&endpoint.base, endpoint.fhir_versions.as_slice()),
        (&world.client.fhir_base, &["4.0.1".to_owned()][..])
    );
    assert!(brands.timestamp.is_some());
}

#[tokio::test]
async fn d9_being_listed_is_no_permission_and_no_logo_is_kept() {
    let world = world().await;
    let registry = Registry::new(vec![world.client.clone()]).expect("a registry");
    let brands = world.smart.brands(&world.client).await.expect("brands");
    let sources = |tenant: &str| -> Vec<String> {
        let providers = brands.providers(&registry, &TenantId::new(tenant));
        providers.iter().map(|provider| provider.client.source.clone()).collect()
    };
    assert_eq!(sources("valley"), ["valley-ehr"]);
    assert!(sources("hill").is_empty());
    assert!(!format!("{brands:?}").contains("tracker.test"));
}

#[tokio::test]
async fn d9_a_list_is_asked_for_once_a_day_and_by_its_tag_after_that() {
    let world = world().await;
    world.ehr.tag("/brands.json", "W/\"7\"");
    let (first, second) = tokio::join!(world.smart.brands(&world.client), world.smart.brands(&world.client));
    assert_eq!(first, second);
    assert_eq!(world.ehr.seen("/brands.json").len(), 1);
    world.clock.forward(SignedDuration::from_hours(25));
    assert_eq!(world.smart.brands(&world.client).await, first);
    let seen = world.ehr.seen("/brands.json");
    assert_eq!(seen.len(), 2);
    assert_eq!(seen[1].headers["if-none-match"], "W/\"7\"");
    // What is known holds while the list cannot be read.
    world.ehr.tag("/brands.json", "W/\"8\"");
    world.ehr.answer("/brands.json", 500, "text/html", "no");
    world.clock.forward(SignedDuration::from_hours(25));
    assert_eq!(world.smart.brands(&world.client).await, first);
}

#[tokio::test]
async fn d9_a_list_at_a_foreign_origin_is_not_asked_for() {
    for place in [json!("https://evil.test/brands.json"), json!(null)] {
        let world = World::public().await;
        let mut document = well_known(&world.ehr.root);
        document["user_access_brand_bundle"] = place;
        world.ehr.answer_json("/fhir/.well-known/smart-configuration", document);
        assert!(matches!(world.smart.brands(&world.client).await, Err(BrandsError::NotOffered { .. })));
        assert_eq!(world.ehr.all().len(), 1);
    }
}

#[test]
fn d9_what_is_no_collection_is_no_list_of_brands() {
    for body in ["", "[]", "{}", r#"{"resourceType":"Bundle","type":"searchset"}"#, r#"{"resourceType":"Patient"}"#] {
        assert_eq!(BrandBundle::read(body.as_bytes()), None, "{body}");
    }
    assert!(BrandBundle::read(br#"{"resourceType":"Bundle","type":"collection"}"#).is_some());
}
