//! One interaction a file. Each takes the state, the caller and its input, and answers or fails; none knows HTTP.

pub(super) mod bundle;
pub(super) mod conditional;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod entry;
pub(super) mod history;
pub(super) mod matching;
pub(super) mod patch;
pub(super) mod read;
pub(super) mod search;
pub(super) mod update;

use fhir_server::{Failure, Version, parse_if_match};
use serde_json::Value;

/// Checks that a body is a resource of the type the address names.
///
/// # Errors
/// 422.
fn check_kind(kind: &str, body: &Value) -> Result<(), Failure> {
    match body.get("resourceType").and_then(Value::as_str) {
        Some(found) if found == kind => {}
        Some(_) => return Err(Failure::unprocessable(format!("The address names {kind}, the body is another type."))),
        None => return Err(Failure::unprocessable("The body is not a resource: it has no resourceType.")),
    }
    if body.get("meta").is_some_and(|meta| !meta.is_object()) {
        return Err(Failure::unprocessable("meta is not an object."));
    }
    Ok(())
}

/// Checks `If-Match` against the newest version.
///
/// # Errors
/// 412 where the client has another version in mind, or the resource is not there.
fn check_if_match(if_match: Option<&str>, newest: Option<Version>) -> Result<(), Failure> {
    let Some(text) = if_match else { return Ok(()) };
    if text.trim() == "*" && newest.is_some() {
        return Ok(());
    }
    match (parse_if_match(text), newest) {
        (Some(wanted), Some(newest)) if wanted == newest => Ok(()),
        (_, Some(newest)) => {
            let sentence = format!("If-Match names another version than the newest, which is {}.", newest.etag());
            Err(Failure::precondition("conflict", sentence))
        }
        (_, None) => {
            Err(Failure::precondition("not-found", "If-Match names a version of a resource that is not here."))
        }
    }
}
