//! The description of one endpoint.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use crate::rest::endpoint::Takes;
use crate::rest::scopes::written;
use crate::rest::{Code, Endpoint};

/// What the operations are sorted by; what is none of these is of plans.
const TAGS: [&str; 8] = ["goals", "activities", "team", "review", "versions", "concerns", "decisions", "overlays"];

/// Describes an endpoint.
pub(super) fn operation(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let mut pieces = endpoint.path.split('/').skip(1).filter(|piece| !piece.starts_with('{'));
    let tag = pieces.next().filter(|piece| TAGS.contains(piece)).unwrap_or("plans");
    let mut operation = json!({
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "tags": [tag],
        "security": security(endpoint),
        "parameters": parameters(endpoint, generator),
        "responses": responses(endpoint, generator),
    });
    if let Some(takes) = endpoint.takes {
        operation["requestBody"] = body(takes, generator);
    }
    operation
}

/// The scopes, of a user, of a patient's own record, or of a registered program.
fn security(endpoint: &Endpoint) -> Vec<Value> {
    let needs = endpoint.needs();
    let of = |level: &str| json!({ "bearer": written(level, &needs).split(' ').collect::<Vec<_>>() });
    ["user", "patient", "system"].map(of).to_vec()
}

fn parameters(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Vec<Value> {
    let in_path = endpoint.path.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(|name| {
        let schema = match name {
            "version" => json!({ "type": "integer", "format": "int64", "minimum": 1 }),
            _ => json!({ "type": "string", "pattern": "^[0-9a-f]{32}$" }),
        };
        json!({ "name": name, "in": "path", "required": true, "schema": schema })
    });
    let mut parameters: Vec<Value> = in_path.collect();
    for parameter in endpoint.parameters {
        parameters.push(json!({
            "name": parameter.name,
            "in": "query",
            "description": parameter.about,
            "required": parameter.required,
            "schema": (parameter.schema)(generator),
        }));
    }
    if let Some(takes) = endpoint.takes {
        if takes.changes {
            parameters.push(json!({
                "name": "If-Match", "in": "header", "required": false,
                "description": "The version of the plan that was seen, in quotes; or `version` in the body.",
                "schema": { "type": "string", "pattern": "^\"[1-9][0-9]{0,17}\"$" },
            }));
        }
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "A key of the caller's own. Asked again with the same key, the same answer is given and nothing is done again.",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]([ -~]*[!-~])?$" },
        }));
    }
    parameters
}

fn body(takes: Takes, generator: &mut SchemaGenerator) -> Value {
    let mut schema = (takes.body)(generator).to_value();
    let properties = schema.as_object_mut().map(|schema| schema.entry("properties").or_insert_with(|| json!({})));
    if let Some(properties) = properties.and_then(Value::as_object_mut) {
        if takes.changes {
            let about = "The version of the plan that was seen; or If-Match.";
            let version = json!({ "type": ["integer", "null"], "format": "int64", "minimum": 1, "description": about });
            properties.insert("version".to_owned(), version);
        }
        let about = "Why, in the caller's words; kept with the version.";
        properties.insert("reason".to_owned(), json!({ "type": ["string", "null"], "description": about }));
    }
    let required = schema.get("required").and_then(Value::as_array).is_some_and(|fields| !fields.is_empty());
    json!({ "required": required, "content": { "application/json": { "schema": schema } } })
}

fn responses(endpoint: &Endpoint, generator: &mut SchemaGenerator) -> Value {
    let schema = (endpoint.answer)(generator);
    let mut fine = json!({
        "description": "Done.",
        "content": { "application/json": { "schema": schema } },
        "headers": {},
    });
    let mut header = |name: &str, about: &str| {
        fine["headers"][name] = json!({ "description": about, "schema": { "type": "string" } });
    };
    header("ETag", "The version of the plan in quotes; not on lists of plans or of versions.");
    if endpoint.takes.is_some() {
        header("Idempotent-Replayed", "`true` where the answer is that of an earlier request with the same key.");
    }
    if endpoint.status.as_u16() == 201 {
        header("Location", "Where what was made lies.");
    }
    let mut responses = Map::new();
    responses.insert(endpoint.status.as_str().to_owned(), fine);
    for status in refusals(endpoint) {
        let codes: Vec<&str> =
            Code::ALL.into_iter().filter(|code| code.status().as_u16() == status).map(Code::word).collect();
        let mut refused = json!({
            "description": format!("Not done: {}.", codes.join(", ")),
            "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        });
        let header = match status {
            401 | 403 => {
                Some(("WWW-Authenticate", "What is missing of the credentials (RFC 6750 section 3).", "string"))
            }
            429 => Some(("Retry-After", "Seconds after which to come back.", "integer")),
            _ => None,
        };
        if let Some((name, about, kind)) = header {
            refused["headers"][name] = json!({ "description": about, "schema": { "type": kind } });
        }
        responses.insert(status.to_string(), refused);
    }
    Value::Object(responses)
}

/// The statuses by which an endpoint refuses. Those of other methods (405) belong to no endpoint.
fn refusals(endpoint: &Endpoint) -> Vec<u16> {
    let mut statuses = vec![400, 401, 403, 429];
    let in_path = endpoint.path.contains('{');
    match endpoint.takes {
        None if in_path => statuses.push(404),
        None => {}
        Some(takes) => {
            statuses.extend([404, 413, 415, 422]);
            statuses.extend(takes.meets.then_some(409));
            statuses.extend(takes.changes.then_some(428));
        }
    }
    statuses.extend([500, 503]);
    statuses.sort_unstable();
    statuses
}
