//! One page of a search: what its entries are.

use fhir::{Bundle, BundleError, EntryMode, OperationOutcome, ParseError, Resource, SourceId};

use crate::{FhirError, answer};

/// One page of a search.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The resources, matches and included ones.
    pub resources: Vec<Resource>,
    /// Entries that are not resources.
    pub problems: Vec<Unusable>,
    /// What the server said about the search.
    pub outcomes: Vec<OutcomeEntry>,
    /// The link to the next page, verbatim.
    pub(crate) next: Option<String>,
}

/// An entry that is not a resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// Its type, where it has one.
    pub kind: Option<String>,
    /// What is wrong with it.
    pub what: String,
}

/// An OperationOutcome among the entries: never data, whatever its `search.mode`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeEntry {
    /// The server's words, trimmed and capped.
    pub said: Option<String>,
    /// True where it says that more may exist than was sent.
    pub more: bool,
    /// True where it only informs, such as that nothing was found.
    pub informs: bool,
}

impl Page {
    /// Number of entries.
    pub fn entries(&self) -> usize {
        self.resources.len() + self.problems.len() + self.outcomes.len()
    }

    /// Sorts the entries of a Bundle into resources, outcomes and what is neither.
    ///
    /// # Errors
    /// [`FhirError::NotFhir`] where the body is no Bundle.
    pub fn parse(source: &SourceId, body: &str) -> Result<Self, FhirError> {
        let bundle = Bundle::parse(body).map_err(|error| match error {
            BundleError::NotJson(_) => answer::not_fhir("JSON that does not parse"),
            BundleError::Other(kind) => {
                answer::not_fhir(format!("a {} in the place of a Bundle", answer::capped(&kind, 60)))
            }
        })?;
        let mut page = Self { next: bundle.next, ..Self::default() };
        for entry in bundle.entries {
            let Some(raw) = entry.resource else {
                page.problems.push(Unusable { kind: None, what: "an entry without a resource".into() });
                continue;
            };
            match Resource::parse(source, raw) {
                Ok(resource) if resource.kind() == OUTCOME => page.outcomes.push(OutcomeEntry::of(raw)),
                Err(ParseError::NoId { kind }) if kind == OUTCOME => page.outcomes.push(OutcomeEntry::of(raw)),
                Ok(resource) if entry.mode == EntryMode::Outcome => page.problems.push(Unusable {
                    kind: Some(resource.kind().to_owned()),
                    what: "an entry that the server calls an outcome and that is none".into(),
                }),
                Ok(resource) => page.resources.push(resource.sent_as(entry.full_url.as_deref())),
                Err(error) => page.problems.push(Unusable::of(&error)),
            }
        }
        Ok(page)
    }
}

const OUTCOME: &str = "OperationOutcome";

impl Unusable {
    fn of(error: &ParseError) -> Self {
        match error {
            ParseError::NotJson(_) => Self { kind: None, what: "not a JSON object".into() },
            ParseError::NoType => Self { kind: None, what: "no resourceType".into() },
            ParseError::NoId { kind } => Self { kind: Some(answer::capped(kind, 60)), what: "no usable id".into() },
        }
    }
}

impl OutcomeEntry {
    fn of(raw: &str) -> Self {
        let outcome: OperationOutcome = serde_json::from_str(raw).unwrap_or_default();
        // Epic's 4119: the result may be incomplete, more data may exist.
        let incomplete = |issue: &fhir::OutcomeIssue| issue.code.as_deref() == Some("incomplete");
        let more = answer::epic_says(&outcome, "4119") || outcome.issue.iter().any(incomplete);
        let informs = !more && outcome.issue.iter().all(|issue| issue.severity.as_deref() == Some("information"));
        // Epic's 4101 ("no results") comes as a warning.
        let nothing_found = |issue: &fhir::OutcomeIssue| {
            let details = issue.details.as_ref();
            details.is_some_and(|details| details.coding.iter().any(|coding| coding.code.as_deref() == Some("4101")))
        };
        let informs = informs || !more && !outcome.issue.is_empty() && outcome.issue.iter().all(nothing_found);
        Self { said: answer::words(&outcome), more, informs }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(entries: &str) -> Page {
        let body = format!(r#"{{"resourceType":"Bundle","type":"searchset","entry":[{entries}]}}"#);
        Page::parse(&SourceId::new("a"), &body).unwrap()
    }

    #[test]
    fn an_outcome_is_never_data_whatever_its_mode() {
        for mode in ["match", "include", "outcome"] {
            let page = page(&format!(
                r#"{{"search":{{"mode":"{mode}"}},"resource":{{"resourceType":"OperationOutcome","id":"1","issue":[]}}}}"#
            ));
            assert_eq!((page.resources.len(), page.outcomes.len()), (0, 1));
        }
    }

    #[test]
    fn a_server_that_says_more_exists_is_heard() {
        let said = |code: &str| {
            let system = "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369";
            let page = page(&format!(
                r#"{{"search":{{"mode":"outcome"}},"resource":{{"resourceType":"OperationOutcome","issue":[{{"severity":"warning",
                "details":{{"coding":[{{"system":"{system}","code":"{code}"}}],"text":"words"}}}}]}}}}"#
            ));
            page.outcomes[0].clone()
        };
        assert_eq!(said("4119"), OutcomeEntry { said: Some("words".into()), more: true, informs: false });
        assert_eq!(said("4101"), OutcomeEntry { said: Some("words".into()), more: false, informs: true });
        assert_eq!(said("59100"), OutcomeEntry { said: Some("words".into()), more: false, informs: false });
    }

    #[test]
    fn a_body_that_is_no_bundle_is_not_fhir() {
        for body in
            ["", "<html>", "[]", "{}", r#"{"resourceType":"Patient"}"#, r#"{"resourceType":"Bundle","entry":[{"#]
        {
            assert!(matches!(Page::parse(&SourceId::new("a"), body), Err(FhirError::NotFhir { .. })), "{body}");
        }
    }

    proptest! {
        #[test]
        fn every_entry_is_a_resource_a_problem_or_an_outcome(kinds in proptest::collection::vec(0usize..9, 0..30)) {
            let shapes = [
                r#"{"resource":{"resourceType":"Goal","id":"1"}}"#,
                r#"{"resource":{"resourceType":"Goal"}}"#,
                r#"{"resource":{"resourceType":"OperationOutcome","issue":{}},"search":{"mode":"outcome"}}"#,
                r#"{"resource":{"resourceType":"Goal","id":"2"},"search":{"mode":"outcome"}}"#,
                r#"{"resource":[1,2]}"#,
                r#"{"fullUrl":"urn:uuid:1"}"#,
                "17",
                "null",
                "[]",
            ];
            let entries: Vec<&str> = kinds.iter().map(|kind| shapes[*kind]).collect();
            let page = page(&entries.join(","));
            prop_assert_eq!(page.entries(), kinds.len());
            prop_assert_eq!(page.resources.len(), kinds.iter().filter(|kind| **kind == 0).count());
        }
    }
}
