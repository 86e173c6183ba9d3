//! What a server says about a request: an OperationOutcome, alone and among the entries of a page.
//!
//! Law: it is never data; what is kept of its words is short and has no control characters; it cannot say that there is
//! more and that there is nothing to say.

use fhir::SourceId;
use fhir_client::Page;
use serde_json::value::RawValue;

use super::Target;

pub const TARGET: Target = Target {
    name: "outcome",
    words: &[
        "resourceType",
        "OperationOutcome",
        "issue",
        "severity",
        "fatal",
        "error",
        "warning",
        "information",
        "code",
        "incomplete",
        "transient",
        "throttled",
        "lock-error",
        "timeout",
        "details",
        "coding",
        "system",
        "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369",
        "4101",
        "4113",
        "4119",
        "59100",
        "text",
        "diagnostics",
        "expression",
        "id",
        "\n",
        "\u{202e}",
        "<b>",
        "\\u0000",
    ],
    tries: 6_000,
    check,
};

/// Longest words that are kept, with the mark of the cut.
const LONGEST: usize = 301;

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let Ok(raw) = serde_json::from_str::<&RawValue>(&text) else { return "no JSON".to_owned() };
    let mut answers = Vec::new();
    for mode in ["match", "outcome"] {
        let body = format!(
            r#"{{"resourceType":"Bundle","entry":[{{"search":{{"mode":"{mode}"}},"resource":{}}}]}}"#,
            raw.get()
        );
        let page = Page::parse(&SourceId::new("valley-ehr"), &body).expect("a Bundle");
        let nothing = usize::from(raw.get() == "null" && page.entries() == 0);
        assert_eq!(page.entries() + nothing, 1, "the entry was lost, or became two");
        assert!(page.resources.iter().all(|resource| resource.kind() != "OperationOutcome"), "a message became data");
        for outcome in &page.outcomes {
            let said = outcome.said.as_deref().unwrap_or_default();
            assert!(said.chars().count() <= LONGEST, "{} characters are kept", said.chars().count());
            assert!(!said.chars().any(char::is_control), "a control character is kept");
            assert!(!(outcome.more && outcome.informs), "there is more, and nothing to say");
            answers.push(format!("said {} more {} informs {}", !said.is_empty(), outcome.more, outcome.informs));
        }
        answers.push(format!("{} {}", page.resources.len(), page.problems.len()));
    }
    answers.join(", ")
}
