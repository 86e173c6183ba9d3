//! Searches that decide what happens: `If-None-Exist` and conditional references.

use fhir_server::Failure;
use fhir_server::search::{Query, parse_pairs};

use crate::fhir::caller::Caller;
use crate::fhir::store::State;

/// What a condition finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::fhir) enum Found {
    /// Nothing.
    None,
    /// One resource, by its id.
    One(String),
    /// Several: the condition decides nothing.
    Several,
}

/// Finds what the caller can see of a type by the query of a condition, such as `identifier=system|value`.
///
/// # Errors
/// 400 for a query that cannot be read or has no condition.
pub(in crate::fhir) fn find(state: &State, caller: Caller<'_>, kind: &str, query: &str) -> Result<Found, Failure> {
    let pairs = parse_pairs(query.trim_start_matches('?'));
    let parsed = Query::parse(kind, &pairs, fhir_server::Handling::Strict)?;
    if parsed.criteria().is_empty() {
        return Err(Failure::bad_request("required", "A condition without a search parameter decides nothing."));
    }
    // Synthea's bundles hold thousands of conditional references, nearly all by one identifier.
    let identifier = pairs.iter().find(|(name, value)| name == "identifier" && !value.contains([',', '\\']));
    let value =
        identifier.and_then(|(_, value)| value.rsplit_once('|').map_or(Some(value.as_str()), |(_, value)| Some(value)));
    let candidates = match value.filter(|value| !value.is_empty()) {
        Some(value) => state.bearing(kind, value),
        None => state.candidates(&parsed, caller.access.patient.as_deref()),
    };
    let mut hits = candidates
        .into_iter()
        .filter(|row| parsed.matches(&row.resource, caller.base) && caller.sees(state, &row.resource));
    Ok(match (hits.next(), hits.next()) {
        (None, _) => Found::None,
        (Some(row), None) => {
            Found::One(row.resource.get("id").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned())
        }
        (Some(_), Some(_)) => Found::Several,
    })
}
