//! In which form a client takes answers (R4 http.html#mime-type).

use crate::Failure;
use crate::search::parse_pairs;

/// Checks that the client takes JSON of R4. `_format` in the query goes before the `Accept` header.
///
/// # Errors
/// 406.
pub fn check_accept(accept: Option<&str>, query: &str) -> Result<(), Failure> {
    let not_json = || Failure::new(406, "not-supported", "This server answers in application/fhir+json only.");
    if let Some((_, format)) = parse_pairs(query).into_iter().find(|(name, _)| name == "_format") {
        return if is_json(&format) { Ok(()) } else { Err(not_json()) };
    }
    let Some(accept) = accept else { return Ok(()) };
    let takes = |range: &str| {
        let (kind, rest) = range.split_once(';').unwrap_or((range, ""));
        let version = rest.split(';').find_map(|part| part.trim().strip_prefix("fhirVersion="));
        let takes_json = matches!(kind.trim(), "*/*" | "application/*") || is_json(kind);
        takes_json && version.is_none_or(|version| version.trim().starts_with("4.0"))
    };
    if accept.trim().is_empty() || accept.split(',').any(takes) { Ok(()) } else { Err(not_json()) }
}

/// True for the names of JSON; a form decodes the plus of `application/fhir+json` to a space.
pub fn is_json(name: &str) -> bool {
    let name = name.split(';').next().unwrap_or_default().trim();
    matches!(
        name,
        "json"
            | "application/json"
            | "application/fhir+json"
            | "application/fhir json"
            | "application/json+fhir"
            | "text/json"
    )
}
