//! `delete` (R4 http.html#delete).

use fhir_server::{Failure, Interaction};

use super::check_if_match;
use super::read::was_seen;
use crate::fhir::answer::{Answer, Body};
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Deletes a resource; its versions stay. Doing it twice is no error.
///
/// # Errors
/// 403, 404 for what never was or may not be seen, 412 for a stale version.
pub(in crate::fhir) fn delete(
    state: &mut State,
    caller: Caller<'_>,
    kind: &str,
    id: &str,
    if_match: Option<&str>,
) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Delete)?;
    if !was_seen(state, caller, kind, id) {
        return Err(Failure::not_found(kind, id));
    }
    let newest = state.newest(kind, id).cloned().ok_or_else(|| Failure::not_found(kind, id))?;
    let Some(resource) = &newest.resource else {
        return Ok(Answer { status: 204, ..Answer::of_version(&newest) });
    };
    check_if_match(if_match, Some(newest.number))?;
    caller.may_store(state, resource)?;
    let version = state.delete(kind, id, caller.now);
    Ok(Answer { status: 204, body: Body::Empty, stamp: Some((version.number, version.at)), location: None })
}
