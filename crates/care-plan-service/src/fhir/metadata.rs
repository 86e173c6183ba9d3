//! The CapabilityStatement of the surface.

use fhir_server::{Interaction, capability_statement};
use serde_json::{Value, json};

use super::Surface;
use super::table::{COMMON, OFFERS};

/// What may be asked of each type.
const INTERACTIONS: [Interaction; 4] =
    [Interaction::Read, Interaction::Vread, Interaction::History, Interaction::Search];

/// Says what the surface offers, by the same table that the searches use.
pub(super) fn metadata(surface: &Surface) -> Value {
    let smart = json!({ "service": [{ "coding": [
        { "system": "http://terminology.hl7.org/CodeSystem/restful-security-service", "code": "SMART-on-FHIR" }] }] });
    let mut statement = capability_statement(&fhir_server::Surface {
        name: "Shared care plans of Accord",
        software: ("Accord", env!("CARGO_PKG_VERSION")),
        base: surface.base.as_str(),
        date: surface.since,
        security: Some(surface.security.as_ref().unwrap_or(&smart)),
        kinds: OFFERS.iter().map(|offer| offer.kind.name()).collect(),
        interactions: &INTERACTIONS,
        operations: &[],
        transactions: false,
    });
    if let Some(statement) = statement.as_object_mut() {
        // Nothing is written here, so nothing is patched.
        statement.shift_remove("patchFormat");
    }
    if let Some(types) = statement.pointer_mut("/rest/0/resource").and_then(Value::as_array_mut) {
        for (row, offer) in types.iter_mut().zip(&OFFERS) {
            offered(row, offer);
        }
    }
    statement
}

fn offered(row: &mut Value, offer: &super::Offer) {
    let kind = offer.kind.name();
    if let Some(params) = row.get_mut("searchParam").and_then(Value::as_array_mut) {
        params.retain(|param| {
            let name = param.get("name").and_then(Value::as_str).unwrap_or_default();
            COMMON.contains(&name) || offer.params.contains(&name)
        });
    }
    let Some(row) = row.as_object_mut() else { return };
    row.insert("versioning".to_owned(), "versioned".into());
    row.shift_remove("searchInclude");
    let mut list = |name: &str, values: Vec<String>| {
        row.shift_remove(name);
        if !values.is_empty() {
            row.insert(name.to_owned(), values.into());
        }
    };
    list("searchInclude", offer.includes.iter().map(|param| format!("{kind}:{param}")).collect());
    list("searchRevInclude", offer.reverse_includes.iter().map(|&include| include.to_owned()).collect());
}
