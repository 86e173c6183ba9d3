//! The bundle: an Organization and an Endpoint for each EHR.

use serde_json::{Value, json};

use super::Card;

/// System of the identifiers of brands: addresses are their own names (RFC 3986).
pub(crate) const IDENTIFIER_SYSTEM: &str = "urn:ietf:rfc:3986";
const BRAND: &str = "http://hl7.org/fhir/StructureDefinition/organization-brand";
const PORTAL: &str = "http://hl7.org/fhir/StructureDefinition/organization-portal";
const FHIR_VERSION: &str = "http://hl7.org/fhir/StructureDefinition/endpoint-fhir-version";
/// When the list was made; it changes with the program only.
const MADE: &str = "2026-01-01T00:00:00Z";

/// Writes the bundle of some EHRs.
pub(super) fn of(cards: &[Card]) -> Value {
    let entries: Vec<Value> = cards
        .iter()
        .flat_map(|card| [organization(card), endpoint(card)])
        .map(|resource| {
            let text = |field: &str| resource[field].as_str().unwrap_or_default().to_owned();
            json!({ "fullUrl": format!("urn:sandbox:{}:{}", text("resourceType"), text("id")), "resource": resource })
        })
        .collect();
    json!({ "resourceType": "Bundle", "id": "brands", "type": "collection", "timestamp": MADE, "entry": entries })
}

impl Card {
    /// System and value that name this brand, for `user_access_brand_identifier`.
    pub(crate) fn identifier(&self) -> Value {
        json!({ "system": IDENTIFIER_SYSTEM, "value": self.origin })
    }
}

fn organization(card: &Card) -> Value {
    let reference = json!({ "reference": format!("Endpoint/{}", card.id) });
    let mut organization = json!({
        "resourceType": "Organization",
        "id": card.id,
        "identifier": [card.identifier()],
        "active": true,
        "name": card.name,
        "telecom": [{ "system": "url", "value": card.origin }],
        "endpoint": [reference],
    });
    let mut extensions = vec![json!({
        "url": BRAND,
        "extension": [{ "url": "brandLogoLicense", "valueUrl": format!("{}/", card.origin) }]
    })];
    if let Some(portal) = &card.brand.portal {
        extensions.push(json!({
            "url": PORTAL,
            "extension": [
                { "url": "portalName", "valueString": portal },
                { "url": "portalUrl", "valueUrl": format!("{}/", card.origin) },
                { "url": "portalEndpoint", "valueReference": reference },
            ]
        }));
    }
    organization["extension"] = Value::Array(extensions);
    if !card.brand.aliases.is_empty() {
        organization["alias"] = json!(card.brand.aliases);
    }
    let place = [("city", &card.brand.city), ("state", &card.brand.state)];
    let place: serde_json::Map<String, Value> =
        place.into_iter().filter_map(|(field, text)| Some((field.to_owned(), json!(text.as_ref()?)))).collect();
    if !place.is_empty() {
        organization["address"] = json!([place]);
    }
    organization
}

fn endpoint(card: &Card) -> Value {
    json!({
        "resourceType": "Endpoint",
        "id": card.id,
        "extension": [{ "url": FHIR_VERSION, "valueCode": "4.0.1" }],
        "status": "active",
        "connectionType": {
            "system": "http://terminology.hl7.org/CodeSystem/endpoint-connection-type", "code": "hl7-fhir-rest"
        },
        "name": format!("FHIR server of {}", card.name),
        "contact": [{ "system": "url", "value": card.origin }],
        "payloadType": [{ "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/endpoint-payload-type", "code": "none"
        }] }],
        "address": format!("{}/fhir", card.origin),
    })
}
