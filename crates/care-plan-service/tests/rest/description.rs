//! The published description is that of the code, and what is answered keeps to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use care_plan_service::rest::{Code, endpoints, openapi};
use serde_json::{Value, json};

use crate::world::{Ask, World};

/// The schemas of a description, each made ready once.
pub struct Schemas {
    document: Value,
    ready: BTreeMap<String, jsonschema::Validator>,
}

impl Schemas {
    pub fn of(document: Value) -> Self {
        Self { document, ready: BTreeMap::new() }
    }

    /// What a schema of the description finds wrong with a value.
    pub fn faults(&mut self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.ready.entry(schema.to_string()).or_insert_with(|| {
            let mut whole = schema.clone();
            whole["components"] = self.document["components"].clone();
            jsonschema::draft202012::new(&whole).unwrap()
        });
        validator.iter_errors(value).take(3).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
    }
}

#[test]
fn the_description_in_the_documentation_is_that_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/care-plans.openapi.json");
    let made = format!("{:#}\n", openapi::document());
    if std::env::var_os("ACCORD_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, &made).expect("the description can be written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == made, "docs/care-plans.openapi.json is old: run this test with ACCORD_WRITE_SCHEMA=1");
}

#[tokio::test]
async fn the_description_is_read_by_everybody() {
    let world = World::new().await;
    let got = world.send(Ask::get("/openapi.json")).await.must(200);
    assert_eq!(got.json, openapi::document());
    assert_eq!(got.header("content-type"), "application/json");
}

#[test]
fn every_endpoint_has_a_name_of_its_own_and_every_reference_leads_somewhere() {
    let names: BTreeSet<_> = endpoints().iter().map(|endpoint| endpoint.name).collect();
    assert_eq!(names.len(), endpoints().len());
    let document = openapi::document();
    let text = document.to_string();
    let references: BTreeSet<_> =
        text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(references.len() >= 20, "{references:?}");
    for reference in references {
        assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
    }
}

#[test]
fn every_kind_of_problem_is_named_in_the_description() {
    let document = openapi::document();
    let named = &document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"];
    assert_eq!(*named, json!(Code::ALL.map(Code::word)));
}

#[tokio::test]
async fn no_body_takes_what_it_does_not_name() {
    let document = openapi::document();
    for path in document["paths"].as_object().unwrap().values() {
        for operation in path.as_object().unwrap().values() {
            let Some(body) = operation.get("requestBody") else { continue };
            let schema = &body["content"]["application/json"]["schema"];
            assert_eq!(schema["additionalProperties"], json!(false), "{}", operation["operationId"]);
        }
    }
}
