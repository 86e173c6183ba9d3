//! `update`, also as create (R4 http.html#update, #upsert).

use fhir_server::{Failure, Interaction};
use serde_json::Value;

use super::read::was_seen;
use super::{check_if_match, check_kind};
use crate::fhir::answer::Answer;
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// What must hold before a write.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::fhir) struct Conditions<'a> {
    /// `If-Match`: the version the client has seen.
    pub(in crate::fhir) if_match: Option<&'a str>,
    /// `If-None-Match: *`: the client means to create.
    pub(in crate::fhir) only_new: bool,
}

/// Stores the next version of a resource, or its first under the client's id.
///
/// # Errors
/// 400 where the ids disagree (R4 demands this status), 403, 412 for a stale version, 422 for another type.
pub(in crate::fhir) fn update(
    state: &mut State,
    caller: Caller<'_>,
    kind: &str,
    id: &str,
    body: Value,
    conditions: Conditions<'_>,
) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Update)?;
    check_kind(kind, &body)?;
    match body.get("id").and_then(Value::as_str) {
        Some(found) if found == id => {}
        Some(_) => return Err(Failure::bad_request("invalid", "The id in the body is not the id in the address.")),
        None => return Err(Failure::bad_request("required", "The body has no id.")),
    }
    let newest = state.newest(kind, id).cloned();
    let was_there = newest.as_ref().is_some_and(|newest| newest.resource.is_some());
    if newest.is_some() && !was_seen(state, caller, kind, id) {
        return Err(Failure::forbidden("The token is limited to another patient than this resource is about."));
    }
    check_if_match(conditions.if_match, newest.filter(|_| was_there).map(|newest| newest.number))?;
    if conditions.only_new && was_there {
        return Err(Failure::precondition("duplicate", "If-None-Match: the resource is already here."));
    }
    caller.may_store(state, &body)?;
    let version = state.put(kind, id, body, caller.now);
    Ok(Answer::written(if was_there { 200 } else { 201 }, kind, id, &version))
}
