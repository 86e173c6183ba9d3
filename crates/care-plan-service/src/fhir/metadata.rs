//! The CapabilityStatement of the surface.

use fhir_server::{Interaction, capability_statement};
use serde_json::{Map, Value, json};

use super::Surface;
use super::table::{COMMON, CONTROLS, Combination, OFFERS, Offer};
use super::tokens::security;

/// What may be asked of each type.
const INTERACTIONS: [Interaction; 4] =
    [Interaction::Read, Interaction::Vread, Interaction::History, Interaction::Search];
/// The guides by which the resources are made.
const GUIDES: [&str; 2] = [
    "http://hl7.org/fhir/us/core/ImplementationGuide/hl7.fhir.us.core|6.1.0",
    "http://hl7.org/fhir/us/mcc/ImplementationGuide/hl7.fhir.us.mcc",
];
const COMBINATION: &str = "http://hl7.org/fhir/StructureDefinition/capabilitystatement-search-parameter-combination";
const EXPECTATION: &str = "http://hl7.org/fhir/StructureDefinition/capabilitystatement-expectation";

/// Says what the surface offers, by the same table that the searches use.
pub(super) fn metadata(surface: &Surface) -> Value {
    let security = security(&surface.tokens);
    let mut statement = capability_statement(&fhir_server::Surface {
        name: "Shared care plans of Accord",
        software: ("Accord", env!("CARGO_PKG_VERSION")),
        base: surface.base.as_str(),
        date: surface.since,
        security: Some(&security),
        kinds: OFFERS.iter().map(|offer| offer.kind.name()).collect(),
        interactions: &INTERACTIONS,
        operations: &[],
        transactions: false,
    });
    if let Some(statement) = statement.as_object_mut() {
        // Nothing is written here, so nothing is patched.
        statement.shift_remove("patchFormat");
        statement.insert("implementationGuide".to_owned(), json!(GUIDES));
    }
    if let Some(rest) = statement.pointer_mut("/rest/0").and_then(Value::as_object_mut) {
        rest.insert("documentation".to_owned(), documentation().into());
    }
    if let Some(types) = statement.pointer_mut("/rest/0/resource").and_then(Value::as_array_mut) {
        for (row, offer) in types.iter_mut().zip(&OFFERS) {
            offered(row, offer);
        }
    }
    statement
}

/// What a CapabilityStatement has no element for.
fn documentation() -> String {
    format!(
        "Read only. A search also takes {}; _summary is count or false. _sort, _summary=count and \
         _total=accurate are for searches that name a patient or ids. What is not listed is refused, or with Prefer: handling=lenient left aside and said.",
        CONTROLS.join(", ")
    )
}

fn offered(row: &mut Value, offer: &Offer) {
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
    let mut list = |name: &str, values: Vec<Value>| put(row, name, values);
    list("extension", offer.combinations.iter().map(combination).collect());
    list("supportedProfile", offer.profile.into_iter().map(Value::from).collect());
    list("searchInclude", offer.includes.iter().map(|param| format!("{kind}:{param}").into()).collect());
    list("searchRevInclude", offer.reverse_includes.iter().map(|&include| include.into()).collect());
}

/// Puts a list where it holds anything: FHIR forbids empty ones.
fn put(row: &mut Map<String, Value>, name: &str, values: Vec<Value>) {
    row.shift_remove(name);
    if !values.is_empty() {
        row.insert(name.to_owned(), values.into());
    }
}

fn combination(combination: &Combination) -> Value {
    let expectation = json!({ "url": EXPECTATION, "valueCode": combination.expectation.code() });
    let required = combination.params.iter().map(|param| json!({ "url": "required", "valueString": param }));
    let parts: Vec<Value> = [expectation].into_iter().chain(required).collect();
    json!({ "url": COMBINATION, "extension": parts })
}
