//! Is an answer FHIR, and what does the server say in it?

use fhir::OperationOutcome;
use http::header::CONTENT_TYPE;
use outbound::Response;

use crate::FhirError;

/// Longest text of a server that is kept, in characters: enough for a sentence, too little for a record.
const SAID_CHARACTERS: usize = 300;

/// The JSON text of an answer, if its content type and encoding are those of FHIR JSON.
///
/// Servers say `application/fhir+json`, `application/json+fhir`, `application/json`, or nothing. Any other type is
/// refused, an HTML page with status 200 above all: it is a sign-in page or a proxy's error, never a record.
pub(crate) fn json(response: &Response) -> Result<&str, FhirError> {
    if let Some(kind) = response.headers.get(CONTENT_TYPE) {
        let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        if !kind.contains("json") {
            return Err(not_fhir(format!("content type {}", capped(&kind, 60))));
        }
    }
    let text = std::str::from_utf8(&response.body).map_err(|_| not_fhir("not UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// The error that an answer's status stands for; `None` for 2xx.
pub(crate) fn error(response: &Response) -> Option<FhirError> {
    let status = response.status.as_u16();
    let outcome = || json(response).ok().and_then(outcome_of);
    let said = || outcome().and_then(|outcome| words(&outcome));
    if (400..=499).contains(&status) && outcome().is_some_and(|outcome| epic_says(&outcome, "4113")) {
        return Some(FhirError::PageExpired);
    }
    Some(match status {
        // Nobody asked for a part.
        206 => FhirError::Truncated,
        200..=299 => return None,
        401 => FhirError::SignInExpired,
        403 => FhirError::Refused { said: said() },
        404 | 410 => FhirError::NotFound,
        405 | 501 => FhirError::NotSupported { said: said() },
        400 | 422 => {
            let outcome = outcome().unwrap_or_default();
            let expressions = outcome.issue.iter().flat_map(|issue| issue.expression.iter());
            let expressions = expressions.take(20).map(|path| capped(path, 120)).collect();
            FhirError::Rejected { status, said: words(&outcome), expressions }
        }
        409 | 412 => FhirError::Stale,
        428 => FhirError::VersionRequired,
        _ => FhirError::Http { status, said: said() },
    })
}

/// True for a 500 of which the server says that it passes: only then is it worth asking again.
pub(crate) fn says_it_passes(response: &Response) -> bool {
    let passing = |code: &str| matches!(code, "transient" | "timeout" | "throttled" | "lock-error");
    response.status.as_u16() == 500
        && json(response)
            .ok()
            .and_then(outcome_of)
            .is_some_and(|outcome| outcome.issue.iter().any(|issue| issue.code.as_deref().is_some_and(passing)))
}

/// Root of the code systems of Epic's messages.
const EPIC: &str = "urn:oid:1.2.840.114350.1.13.";

/// True where one of Epic's messages has this code.
pub(crate) fn epic_says(outcome: &OperationOutcome, code: &str) -> bool {
    let codings =
        outcome.issue.iter().filter_map(|issue| issue.details.as_ref()).flat_map(|details| details.coding.iter());
    let is_epic = |system: &str| system.starts_with(EPIC);
    codings
        .into_iter()
        .any(|coding| coding.system.as_deref().is_some_and(is_epic) && coding.code.as_deref() == Some(code))
}

/// The OperationOutcome that a body is, if it is one.
pub(crate) fn outcome_of(body: &str) -> Option<OperationOutcome> {
    #[derive(serde::Deserialize, Default)]
    #[serde(rename_all = "camelCase", default)]
    struct Head {
        resource_type: fhir::Maybe<String>,
    }
    let head: Head = serde_json::from_str(body).ok()?;
    (head.resource_type.as_deref() == Some("OperationOutcome")).then(|| serde_json::from_str(body).unwrap_or_default())
}

/// What an OperationOutcome says to people: the details or diagnostics of its issues, trimmed and capped.
pub(crate) fn words(outcome: &OperationOutcome) -> Option<String> {
    let mut said: Vec<&str> = Vec::new();
    for issue in &outcome.issue {
        let details = issue.details.as_ref().and_then(|details| details.text.as_deref().or_else(|| details.label()));
        let text = details.into_iter().chain(issue.diagnostics.as_deref()).map(str::trim).find(|text| !text.is_empty());
        if let Some(text) = text.filter(|text| !said.contains(text)) {
            said.push(text);
        }
    }
    let text = said.join("; ").chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect::<String>();
    (!text.is_empty()).then(|| capped(text.trim(), SAID_CHARACTERS))
}

/// The text, cut after so many characters.
pub(crate) fn capped(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

pub(crate) fn not_fhir(detail: impl Into<String>) -> FhirError {
    FhirError::NotFhir { detail: detail.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(json: &str) -> OperationOutcome {
        outcome_of(json).expect("an OperationOutcome")
    }

    #[test]
    fn the_words_of_a_server_are_joined_once_each_without_control_characters() {
        let said = words(&outcome(
            r#"{"resourceType":"OperationOutcome","issue":[{"details":{"text":"No\naccess"}},{"diagnostics":"No\naccess"},{"diagnostics":"Ask them"}]}"#,
        ));
        assert_eq!(said.as_deref(), Some("No access; Ask them"));
    }

    #[test]
    fn a_long_text_of_a_server_is_cut() {
        let long = "é".repeat(2000);
        let said =
            words(&outcome(&format!(r#"{{"resourceType":"OperationOutcome","issue":[{{"diagnostics":"{long}"}}]}}"#)));
        assert_eq!(said.map(|said| said.chars().count()), Some(SAID_CHARACTERS + 1));
    }

    #[test]
    fn another_resource_is_no_outcome() {
        assert!(outcome_of(r#"{"resourceType":"Goal","issue":[]}"#).is_none());
    }
}
