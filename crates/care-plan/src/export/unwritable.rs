//! What stands in the Bundle for a resource that can be kept but not be written again.

use fhir::Resource;
use serde_json::{Value, json};

/// The resource as a copy to be passed on.
///
/// A text that holds half of a character (an unpaired surrogate such as `\ud800`) is JSON that no tree can hold. Writing
/// it with a sign in its place would change what the record says, and leaving it out would hide it: in its place stands
/// what is wrong with it.
pub(super) fn copy(resource: &Resource) -> Value {
    let copy = resource.to_value();
    if copy.is_null() { unwritable(resource) } else { copy }
}

/// A message in the place of the resource (OperationOutcome, R4 valueset-issue-type `structure`).
fn unwritable(resource: &Resource) -> Value {
    let (kind, id) = (resource.kind(), resource.id());
    json!({
        "resourceType": "OperationOutcome",
        "issue": [{
            "severity": "error",
            "code": "structure",
            "diagnostics": format!("{kind}/{id} was read, but its source sent text that cannot be written as JSON again."),
        }],
    })
}
