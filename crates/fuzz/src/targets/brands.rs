//! Bundles of user-access brands.
//!
//! Law: no more brands than entries; no text that is endless or steers a terminal; addresses of the web only; and only what
//! the tenant has registered can be chosen.

use smart::{Brand, BrandBundle, BrandEndpoint};

use super::Target;
use crate::registration::{REGISTRY, tenant};

pub const TARGET: Target = Target {
    name: "brands",
    words: &[
        "resourceType",
        "Bundle",
        "type",
        "collection",
        "searchset",
        "timestamp",
        "entry",
        "fullUrl",
        "resource",
        "Organization",
        "Endpoint",
        "Endpoint/e1",
        "urn:uuid:5a7c",
        "name",
        "alias",
        "address",
        "city",
        "state",
        "extension",
        "url",
        "http://hl7.org/fhir/StructureDefinition/organization-portal",
        "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version",
        "portalName",
        "portalUrl",
        "portalEndpoint",
        "valueUrl",
        "valueString",
        "valueCode",
        "valueReference",
        "reference",
        "https://ehr.example/fhir",
        "https://kidney.example:8443/r4",
        "https://evil.test/fhir",
        "javascript:alert(1)",
        "2026-11-21T00:00:00Z",
    ],
    tries: 1_500,
    check,
};

fn check(input: &[u8]) -> String {
    let Some(bundle) = BrandBundle::read(input) else { return "no list".to_owned() };
    let value: serde_json::Value = serde_json::from_slice(input).expect("it was read already");
    let entries = value["entry"].as_array().map_or(0, Vec::len);
    assert!(bundle.brands.len() <= entries, "brands that nobody listed");
    bundle.brands.iter().for_each(lawful);
    let chosen = bundle.providers(&REGISTRY, &tenant());
    for provider in &chosen {
        assert!(provider.client.tenant == tenant(), "a provider of another tenant");
        let known = endpoints(provider.brand).any(|endpoint| {
            REGISTRY.by_issuer(endpoint.base.as_str(), None).is_ok_and(|client| client.source == provider.client.source)
        });
        assert!(known, "a provider that its brand does not name");
    }
    let portals = bundle.brands.iter().map(|brand| brand.portals.len()).sum::<usize>();
    let all = bundle.brands.iter().flat_map(endpoints).count();
    format!(
        "{} brands, {} portals, {} endpoints, {} to choose, dated {}",
        bundle.brands.len().min(4),
        portals.min(4),
        all.min(4),
        chosen.len().min(4),
        bundle.timestamp.is_some()
    )
}

fn endpoints(brand: &Brand) -> impl Iterator<Item = &BrandEndpoint> {
    brand.endpoints.iter().chain(brand.portals.iter().flat_map(|portal| &portal.endpoints))
}

fn lawful(brand: &Brand) {
    let portals = brand.portals.iter().filter_map(|portal| portal.name.as_ref());
    for text in std::iter::once(&brand.name).chain(&brand.aliases).chain(portals) {
        let fits = !text.is_empty() && text.chars().count() <= 300 && !text.contains(char::is_control);
        assert!(fits, "a text that cannot be shown");
    }
    let pages = brand.portals.iter().filter_map(|portal| portal.url.as_ref());
    for url in pages.chain(endpoints(brand).map(|endpoint| &endpoint.base)) {
        assert!(matches!(url.scheme(), "https" | "http"), "an address that is none of the web");
    }
}
