//! The CapabilityStatement, made from the same table that the searches use.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::params::{self, COMMON, Kind, Param};
use crate::{Interaction, Outcome};

/// What one FHIR surface says about itself.
#[derive(Debug, Clone)]
pub struct Surface<'a> {
    /// Name for people.
    pub name: &'a str,
    /// Name and version of the program.
    pub software: (&'a str, &'a str),
    /// Base address.
    pub base: &'a str,
    /// When the statement was last changed.
    pub date: Timestamp,
    /// `rest.security`, such as SMART's oauth-uris.
    pub security: Option<&'a Value>,
    /// The types on offer.
    pub kinds: Vec<&'a str>,
    /// What may be asked of each type.
    pub interactions: &'a [Interaction],
    /// Operations of types, beside the interactions.
    pub operations: &'a [Operation],
    /// True where Bundles of type transaction and batch are taken.
    pub transactions: bool,
}

/// An operation on a resource type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// The type it is called on.
    pub kind: &'static str,
    /// Its name, without the dollar sign.
    pub name: &'static str,
    /// Canonical address of its definition.
    pub definition: &'static str,
}

impl Operation {
    /// `Patient/$match` (R4 patient-operation-match.html).
    pub const PATIENT_MATCH: Self =
        Self { kind: "Patient", name: "match", definition: "http://hl7.org/fhir/OperationDefinition/Patient-match" };
}

/// Builds the resource `CapabilityStatement` (R4 capabilitystatement.html).
pub fn capability_statement(surface: &Surface<'_>) -> Value {
    let types: Vec<Value> = surface.kinds.iter().map(|kind| of_type(kind, surface)).collect();
    let mut rest = json!({ "mode": "server", "resource": types });
    if let Some(security) = surface.security {
        rest["security"] = security.clone();
    }
    if surface.transactions {
        rest["interaction"] = json!([{ "code": "transaction" }, { "code": "batch" }]);
    }
    json!({
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": surface.date.to_string(),
        "kind": "instance",
        "software": { "name": surface.software.0, "version": surface.software.1 },
        "implementation": { "description": surface.name, "url": surface.base },
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json", "json"],
        "patchFormat": ["application/json-patch+json"],
        "rest": [rest],
    })
}

fn of_type(kind: &str, surface: &Surface<'_>) -> Value {
    let has = |interaction: Interaction| surface.interactions.contains(&interaction);
    let interactions: Vec<Value> =
        surface.interactions.iter().map(|interaction| json!({ "code": interaction.code() })).collect();
    let own = params::of(kind);
    let search: Vec<Value> = COMMON.iter().chain(own).map(of_param).collect();
    let references = own.iter().filter(|param| param.kind == Kind::Reference);
    let includes: Vec<Value> = references.map(|param| json!(format!("{kind}:{}", param.name))).collect();
    let mut value = json!({
        "type": kind,
        "interaction": interactions,
        "versioning": "versioned-update",
        "readHistory": has(Interaction::Vread),
        "updateCreate": has(Interaction::Update),
        "conditionalCreate": has(Interaction::Create),
        "conditionalRead": "not-supported",
        "conditionalUpdate": false,
        "conditionalDelete": "not-supported",
        "searchRevInclude": ["Provenance:target", "Linkage:item"],
        "searchParam": search,
    });
    let operations = surface.operations.iter().filter(|operation| operation.kind == kind);
    let operations: Vec<Value> =
        operations.map(|operation| json!({ "name": operation.name, "definition": operation.definition })).collect();
    if !operations.is_empty() {
        value["operation"] = Value::Array(operations);
    }
    if !includes.is_empty() {
        value["searchInclude"] = Value::Array(includes);
    }
    value
}

fn of_param(param: &Param) -> Value {
    json!({ "name": param.name, "type": param.kind.code() })
}

impl Surface<'_> {
    /// What is said instead of a resource where a type is not on offer.
    pub fn not_offered(kind: &str) -> Outcome {
        Outcome(vec![crate::Issue::error("not-supported", format!("This server does not offer {kind}."))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_lists_what_the_search_table_holds() {
        let surface = Surface {
            name: "Test",
            software: ("accord", "0"),
            base: "http://127.0.0.1/fhir",
            date: Timestamp::UNIX_EPOCH,
            security: None,
            kinds: vec!["Goal", "Patient"],
            interactions: &Interaction::ALL,
            operations: &[Operation::PATIENT_MATCH],
            transactions: true,
        };
        let statement = capability_statement(&surface);
        let goal = &statement["rest"][0]["resource"][0];
        let names: Vec<&str> =
            goal["searchParam"].as_array().expect("a list").iter().filter_map(|param| param["name"].as_str()).collect();
        assert_eq!(names.len(), COMMON.len() + params::of("Goal").len());
        assert!(names.contains(&"target-date"));
        assert_eq!(statement["fhirVersion"], "4.0.1");
        assert_eq!(goal.get("operation"), None);
        assert_eq!(statement["rest"][0]["resource"][1]["operation"][0]["name"], "match");
    }
}
