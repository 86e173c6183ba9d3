//! `create`, also on condition (R4 http.html#create, #ccreate).

use fhir_server::{Failure, Interaction};
use serde_json::Value;

use super::check_kind;
use super::conditional::{Found, find};
use crate::fhir::answer::Answer;
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Stores a new resource under an id of the server's choice, or of a transaction's.
///
/// With `if_none_exist` a resource that fulfils it is answered with 200 instead.
///
/// # Errors
/// 403, 412 where several fulfil the condition, 422 for a body that is not of this type.
pub(in crate::fhir) fn create(
    state: &mut State,
    caller: Caller<'_>,
    kind: &str,
    body: Value,
    if_none_exist: Option<&str>,
    planned_id: Option<String>,
) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Create)?;
    check_kind(kind, &body)?;
    if let Some(query) = if_none_exist {
        match find(state, caller, kind, query)? {
            Found::None => {}
            Found::One(id) => {
                let newest = state.newest(kind, &id).ok_or_else(|| Failure::not_found(kind, &id))?;
                return Ok(Answer::written(200, kind, &id, newest));
            }
            Found::Several => {
                return Err(Failure::precondition("multiple-matches", "If-None-Exist matches several resources."));
            }
        }
    }
    caller.may_store(state, &body)?;
    let id = planned_id.unwrap_or_else(|| state.new_id(kind));
    let version = state.put(kind, &id, body, caller.now);
    Ok(Answer::written(201, kind, &id, &version))
}
