//! Text that no store keeps.

use serde_json::{Map, Value};

/// Where a text holds NUL, as a JSON pointer. PostgreSQL keeps no such text, and nobody writes one.
pub(super) fn unwritable(fields: &Map<String, Value>) -> Option<String> {
    fields.iter().find_map(|(name, value)| {
        let at = if name.contains('\0') { Some(String::new()) } else { within(value) };
        at.map(|at| format!("/{}{at}", name.replace('~', "~0").replace('/', "~1").replace('\0', "")))
    })
}

fn within(value: &Value) -> Option<String> {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
        Value::String(text) => text.contains('\0').then(String::new),
        Value::Array(list) => list.iter().enumerate().find_map(|(at, value)| Some(format!("/{at}{}", within(value)?))),
        Value::Object(fields) => unwritable(fields),
    }
}
