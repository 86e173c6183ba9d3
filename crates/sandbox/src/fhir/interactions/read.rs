//! `read` and `vread` (R4 http.html#read, #vread).

use fhir_server::{Failure, Interaction, Version};

use crate::fhir::answer::Answer;
use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// Reads the present version.
///
/// # Errors
/// 403, 404 also for what the caller may not see, 410 for what was deleted.
pub(in crate::fhir) fn read(state: &State, caller: Caller<'_>, kind: &str, id: &str) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Read)?;
    let newest = state.newest(kind, id).ok_or_else(|| Failure::not_found(kind, id))?;
    match &newest.resource {
        Some(resource) if caller.sees(state, resource) => Ok(Answer::of_version(newest)),
        Some(_) => Err(Failure::not_found(kind, id)),
        None if was_seen(state, caller, kind, id) => Err(gone(kind, id)),
        None => Err(Failure::not_found(kind, id)),
    }
}

/// Reads one version.
///
/// # Errors
/// As for [`read`].
pub(in crate::fhir) fn vread(
    state: &State,
    caller: Caller<'_>,
    kind: &str,
    id: &str,
    version: &str,
) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::Vread)?;
    let number = version.parse().ok().map(Version);
    let versions = state.versions(kind, id);
    let found =
        versions.iter().find(|version| Some(version.number) == number).ok_or_else(|| Failure::not_found(kind, id))?;
    match &found.resource {
        Some(resource) if caller.sees(state, resource) => Ok(Answer::of_version(found)),
        None if was_seen(state, caller, kind, id) => Err(gone(kind, id)),
        _ => Err(Failure::not_found(kind, id)),
    }
}

/// True where the last version before a deletion may be seen: that it is gone is then no secret.
pub(super) fn was_seen(state: &State, caller: Caller<'_>, kind: &str, id: &str) -> bool {
    let last = state.versions(kind, id).iter().rev().find_map(|version| version.resource.as_ref());
    last.is_some_and(|last| caller.sees(state, last))
}

pub(super) fn gone(kind: &str, id: &str) -> Failure {
    Failure::new(410, "deleted", format!("{kind}/{id} was deleted."))
}
