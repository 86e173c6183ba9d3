//! `patch` with JSON Patch (R4 http.html#patch, RFC 6902).

use fhir_server::{Failure, Interaction};
use serde_json::Value;

use super::read::gone;
use super::{check_if_match, check_kind};
use crate::fhir::answer::Answer;
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Changes the named places of a resource; all or none.
///
/// # Errors
/// 400 for a body that is no JSON Patch, 403, 404, 410, 412 for a stale version, 422 for a patch that does not
/// apply, fails its own `test`, or would change the type or the id.
pub(in crate::fhir) fn patch(
    state: &mut State,
    caller: Caller<'_>,
    kind: &str,
    id: &str,
    body: Value,
    if_match: Option<&str>,
) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Patch)?;
    let newest = state.newest(kind, id).cloned().ok_or_else(|| Failure::not_found(kind, id))?;
    let Some(resource) = &newest.resource else { return Err(gone(kind, id)) };
    if !caller.sees(state, resource) {
        return Err(Failure::not_found(kind, id));
    }
    caller.may_store(state, resource)?;
    check_if_match(if_match, Some(newest.number))?;
    let operations: json_patch::Patch =
        serde_json::from_value(body).map_err(|_| Failure::bad_request("structure", "The body is not a JSON Patch."))?;
    let mut changed = Value::clone(resource);
    json_patch::patch(&mut changed, &operations).map_err(|error| {
        Failure::new(422, "processing", format!("Operation {} of the patch does not apply.", error.operation))
    })?;
    check_kind(kind, &changed)?;
    if changed.get("id").and_then(Value::as_str) != Some(id) {
        return Err(Failure::unprocessable("A patch cannot change the id."));
    }
    caller.may_store(state, &changed)?;
    let version = state.put(kind, id, changed, caller.now);
    Ok(Answer::written(200, kind, id, &version))
}
