//! The whole description.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::operation::operation;
use crate::rest::problem::Told;
use crate::rest::{BASE, Code, endpoints};

/// The description as JSON.
pub fn document() -> Value {
    let mut generator = generator();
    generator.subschema_for::<Told<'_>>();
    let mut paths = Map::new();
    for endpoint in endpoints() {
        let path = paths.entry(format!("{BASE}{}", endpoint.path)).or_insert_with(|| json!({}));
        path[endpoint.method] = operation(&endpoint, &mut generator);
    }
    paths.insert(format!("{BASE}/openapi.json"), itself());
    let mut schemas: Map<String, Value> = generator.take_definitions(true);
    name_the_codes(&mut schemas);
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Accord care plans",
            "description": "The shared plan: what everybody who treats a person has agreed on.",
            "version": "1",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "bearer": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "bearer": {
                "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
                "description": "A token of the identity service that the operator has configured.",
            } },
        },
    })
}

fn generator() -> SchemaGenerator {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    settings.into_generator()
}

/// The kinds of problems, as a list that programs can read.
fn name_the_codes(schemas: &mut Map<String, Value>) {
    let codes: Vec<&str> = Code::ALL.into_iter().map(Code::word).collect();
    let name = Told::schema_name();
    if let Some(code) = schemas.get_mut(&*name).and_then(|schema| schema.pointer_mut("/properties/code")) {
        code["enum"] = json!(codes);
    }
}

/// How the description itself is had.
fn itself() -> Value {
    json!({ "get": {
        "operationId": "readDescription",
        "summary": "Reads this description.",
        "security": [],
        "responses": { "200": {
            "description": "The description.",
            "content": { "application/json": { "schema": { "type": "object" } } },
        } },
    } })
}
