//! From a FHIR Bundle to brands. Resources are read as raw JSON: few fields matter, and any may be strange.

use std::collections::HashMap;

use serde_json::Value;
use url::Url;

use super::{Brand, BrandBundle, BrandEndpoint, Portal};

const PORTAL: &str = "http://hl7.org/fhir/StructureDefinition/organization-portal";
const FHIR_VERSION: &str = "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version";
/// No text is kept longer.
const LONGEST: usize = 300;

/// The endpoints of the bundle by every name that a reference may use.
type Endpoints = HashMap<String, BrandEndpoint>;

pub(super) fn bundle(body: &[u8]) -> Option<BrandBundle> {
    let bundle: Value = serde_json::from_slice(body).ok()?;
    if bundle["resourceType"] != "Bundle" || bundle["type"] != "collection" {
        return None;
    }
    let entries = || list(&bundle, "entry").filter(|entry| entry["resource"].is_object());
    let mut endpoints = Endpoints::new();
    for entry in entries().filter(|entry| entry["resource"]["resourceType"] == "Endpoint") {
        let Some(endpoint) = endpoint(&entry["resource"]) else { continue };
        let by_id = text(&entry["resource"], "id").map(|id| format!("Endpoint/{id}"));
        for name in by_id.into_iter().chain(text(entry, "fullUrl")) {
            endpoints.entry(name).or_insert_with(|| endpoint.clone());
        }
    }
    let organizations = entries().filter(|entry| entry["resource"]["resourceType"] == "Organization");
    Some(BrandBundle {
        timestamp: text(&bundle, "timestamp").and_then(|text| text.parse().ok()),
        brands: organizations.filter_map(|entry| brand(&entry["resource"], &endpoints)).collect(),
    })
}

fn brand(organization: &Value, endpoints: &Endpoints) -> Option<Brand> {
    let place = |address: &Value| {
        let parts: Vec<String> = ["city", "state"].iter().filter_map(|field| text(address, field)).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    };
    Some(Brand {
        name: text(organization, "name")?,
        aliases: list(organization, "alias").filter_map(Value::as_str).filter_map(shown).collect(),
        places: list(organization, "address").filter_map(place).collect(),
        portals: extensions(organization, PORTAL).map(|portal| self::portal(portal, endpoints)).collect(),
        endpoints: list(organization, "endpoint").filter_map(|reference| find(reference, endpoints)).collect(),
    })
}

fn portal(extension: &Value, endpoints: &Endpoints) -> Portal {
    let parts = |name: &'static str| list(extension, "extension").filter(move |part| part["url"] == name);
    let url = parts("portalUrl").find_map(|part| web(&text(part, "valueUrl")?));
    Portal {
        name: parts("portalName").find_map(|part| text(part, "valueString")),
        url,
        endpoints: parts("portalEndpoint").filter_map(|part| find(&part["valueReference"], endpoints)).collect(),
    }
}

fn endpoint(endpoint: &Value) -> Option<BrandEndpoint> {
    let versions = extensions(endpoint, FHIR_VERSION).filter_map(|extension| text(extension, "valueCode"));
    Some(BrandEndpoint { base: web(&text(endpoint, "address")?)?, fhir_versions: versions.collect() })
}

fn find(reference: &Value, endpoints: &Endpoints) -> Option<BrandEndpoint> {
    endpoints.get(reference["reference"].as_str()?).cloned()
}

fn extensions<'a>(element: &'a Value, url: &'static str) -> impl Iterator<Item = &'a Value> {
    list(element, "extension").filter(move |extension| extension["url"] == url)
}

fn list<'a>(element: &'a Value, field: &str) -> impl Iterator<Item = &'a Value> {
    element.get(field).and_then(Value::as_array).into_iter().flatten()
}

fn text(element: &Value, field: &str) -> Option<String> {
    shown(element.get(field)?.as_str()?)
}

/// A text as it may be shown: not empty, not endless, without control characters.
fn shown(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn web(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "https" | "http"))
}
