//! `history-instance` (R4 http.html#history).

use fhir_server::{Failure, Interaction};
use serde_json::{Value, json};

use crate::fhir::answer::Answer;
use crate::fhir::caller::Caller;
use crate::fhir::store::{State, StoredVersion};

/// Lists the versions of one resource, newest first. Versions the caller may not see are left out.
///
/// # Errors
/// 403; 404 where nothing may be seen.
pub(in crate::fhir) fn history(state: &State, caller: Caller<'_>, kind: &str, id: &str) -> Result<Answer, Failure> {
    caller.may(kind, Interaction::History)?;
    let versions = state.versions(kind, id);
    let mut entries: Vec<Value> = Vec::new();
    let mut seen = false;
    for (place, version) in versions.iter().enumerate() {
        // A deletion is shown to whoever saw what was deleted.
        seen = version.resource.as_ref().map_or(seen, |resource| caller.sees(state, resource));
        if seen {
            entries.push(entry(caller, kind, id, version, place == 0 || versions[place - 1].resource.is_none()));
        }
    }
    if entries.is_empty() {
        return Err(Failure::not_found(kind, id));
    }
    entries.reverse();
    let own = format!("{}/{kind}/{id}/_history", caller.base.as_str());
    Ok(Answer::of_value(json!({
        "resourceType": "Bundle",
        "type": "history",
        "total": entries.len(),
        "link": [{ "relation": "self", "url": own }],
        "entry": entries,
    })))
}

fn entry(caller: Caller<'_>, kind: &str, id: &str, version: &StoredVersion, created: bool) -> Value {
    let method = if version.resource.is_some() { "PUT" } else { "DELETE" };
    let status = match (&version.resource, created) {
        (None, _) => "204",
        (Some(_), true) => "201",
        (Some(_), false) => "200",
    };
    let mut entry = json!({
        "fullUrl": format!("{}/{kind}/{id}", caller.base.as_str()),
        "request": { "method": method, "url": format!("{kind}/{id}") },
        "response": { "status": status, "etag": version.number.etag(), "lastModified": version.at.to_string() },
    });
    if let Some(resource) = &version.resource {
        entry["resource"] = Value::clone(resource);
    }
    entry
}
