//! Setting a primitive element together with its `_sibling`, which holds the primitive's id and extensions.

use serde_json::{Map, Value};

const DATA_ABSENT_REASON: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

/// Sets an element in place. What its sibling says stays, save what would now be untrue: that the value is absent, and
/// translations of the former text.
pub(super) fn set(members: &mut Map<String, Value>, name: &str, value: Value) {
    members.insert(name.to_owned(), value);
    let sibling_name = format!("_{name}");
    let Some(sibling) = members.get_mut(&sibling_name).and_then(Value::as_object_mut) else { return };
    if let Some(extensions) = sibling.get_mut("extension").and_then(Value::as_array_mut) {
        extensions.retain(|extension| !matches!(extension["url"].as_str(), Some(DATA_ABSENT_REASON | TRANSLATION)));
        if extensions.is_empty() {
            sibling.shift_remove("extension");
        }
    }
    if sibling.is_empty() {
        members.shift_remove(&sibling_name);
    }
}

/// Removes an element and what its sibling says about it; the others keep their order.
pub(super) fn remove(members: &mut Map<String, Value>, name: &str) {
    members.shift_remove(name);
    members.shift_remove(&format!("_{name}"));
}
