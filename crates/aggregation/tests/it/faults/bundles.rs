//! Faults of what FHIR says: the Bundle, its links, its entries.

use care_plan::snapshot::Reason;
use serde_json::json;

use super::fault::{Asked, Fault, Outcome, Reply};

const NOT_FHIR: Outcome = Outcome::Lost(|| Reason::NotFhir);
const PAGES: Outcome = Outcome::More(|| Reason::TooManyPages);
const FOREIGN: Outcome = Outcome::More(|| Reason::ForeignPage);

fn next(asked: &Asked, url: &str) -> Reply {
    asked.changed(|bundle| bundle["link"] = json!([{ "relation": "next", "url": url }]))
}

/// The sound Bundle with one more entry of a Condition about the person, with more in it.
fn condition(asked: &Asked, more: &str) -> Reply {
    let about = r#""resourceType":"Condition","subject":{"reference":"Patient/p1"}"#;
    asked.with_entry(&format!(r#"{{"resource":{{{about},{more}}}}}"#))
}

fn message(asked: &Asked, severity: &str, code: &str, words: &str) -> Reply {
    let system = "urn:oid:1.2.840.114350.1.13.0.1.7.2.657369";
    let issue = json!({ "severity": severity, "code": "informational",
        "details": { "coding": [{ "system": system, "code": code }], "text": words } });
    let resource = json!({ "resourceType": "OperationOutcome", "issue": [issue] });
    asked.with_entry(&json!({ "search": { "mode": "outcome" }, "resource": resource }).to_string())
}

pub const FAULTS: &[Fault] = &[
    Fault {
        name: "an outcome with 200",
        reply: |_| Reply::json(r#"{"resourceType":"OperationOutcome","issue":[{"severity":"fatal","code":"login"}]}"#),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "another resource",
        reply: |_| Reply::json(r#"{"resourceType":"Patient","id":"p2"}"#),
        outcome: NOT_FHIR,
    },
    Fault { name: "an object without type", reply: |_| Reply::json(r#"{"message":"ok"}"#), outcome: NOT_FHIR },
    Fault {
        name: "a Bundle of another type",
        reply: |asked| asked.changed(|bundle| bundle["type"] = json!("collection")),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a total that is not so",
        reply: |asked| asked.changed(|bundle| bundle["total"] = json!(0)),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "an empty page between",
        reply: |asked| {
            asked.changed(|bundle| {
                let then = bundle["link"]["url"].as_str().unwrap_or_default().to_owned();
                bundle["link"] = json!([{ "relation": "next", "url": format!("Empty?then={then}") }]);
            })
        },
        outcome: Outcome::Whole,
    },
    Fault { name: "a next page that is this one", reply: |asked| next(asked, asked.target), outcome: PAGES },
    Fault { name: "a next page after each", reply: |asked| next(asked, "Endless?page=0"), outcome: PAGES },
    Fault {
        name: "a next page at another server",
        reply: |asked| next(asked, "http://127.0.0.1:1/fhir/Goal?page=2"),
        outcome: FOREIGN,
    },
    Fault { name: "a next page beside the base", reply: |asked| next(asked, "/fhir-2/Goal?page=2"), outcome: FOREIGN },
    Fault { name: "a next page that is a script", reply: |asked| next(asked, "javascript:1"), outcome: FOREIGN },
    Fault {
        name: "a next page among the machines around",
        reply: |asked| next(asked, "//169.254.169.254/fhir/Goal"),
        outcome: FOREIGN,
    },
    Fault {
        name: "a next page that is no text",
        reply: |asked| {
            asked.changed(|bundle| bundle["link"] = json!([{ "relation": "next", "url": { "x": 1 } }, 7, null]))
        },
        outcome: FOREIGN,
    },
    Fault { name: "an entry that is null", reply: |asked| asked.with_entry("null"), outcome: Outcome::Unusable(1) },
    Fault { name: "an entry that is a number", reply: |asked| asked.with_entry("17"), outcome: Outcome::Unusable(1) },
    Fault {
        name: "an entry without a resource",
        reply: |asked| asked.with_entry(r#"{"fullUrl":"urn:uuid:1"}"#),
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "an entry with two resources",
        reply: |asked| {
            asked.with_entry(
                r#"{"resource":{"resourceType":"Goal","id":"a"},"resource":{"resourceType":"Goal","id":"b"}}"#,
            )
        },
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "two lists of entries",
        reply: |asked| Reply::json(asked.sound.replacen('{', r#"{"entry":[],"#, 1)),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "the same entry twice",
        reply: |asked| {
            asked.changed(|bundle| {
                let first = bundle["entry"][0].clone();
                bundle["entry"].as_array_mut().unwrap().push(first);
            })
        },
        outcome: Outcome::Idle(1),
    },
    Fault {
        name: "a resource twice with two contents",
        reply: |asked| condition(asked, r#""id":"c1","recorder":{"reference":"PractitionerRole/r1"},"note":[]"#),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a newer version of what another page has",
        reply: |asked| condition(asked, r#""id":"c1","meta":{"versionId":"9","lastUpdated":"2026-01-05T09:00:00Z"}"#),
        outcome: Outcome::Idle(1),
    },
    Fault {
        name: "a resource of another patient",
        reply: |asked| {
            asked.with_entry(r#"{"resource":{"resourceType":"Goal","id":"s","subject":{"reference":"Patient/p2"}}}"#)
        },
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "a resource of nobody",
        reply: |asked| asked.with_entry(r#"{"resource":{"resourceType":"Goal","id":"s"}}"#),
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "two keys that name the patient, the right one last",
        reply: |asked| condition(asked, r#""id":"t","subject":{"reference":"Patient/p2"}"#),
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "an id that is a path",
        reply: |asked| condition(asked, r#""id":"../x""#),
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "an id of half a letter",
        reply: |asked| condition(asked, r#""id":"\ud800""#),
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "half a letter in a text",
        reply: |asked| condition(asked, r#""id":"half","note":[{"text":"\ud83d \udc00\ud800"}]"#),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "numbers that are none",
        reply: |asked| condition(asked, r#""id":"nan","onsetAge":{"value":NaN}"#),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "numbers beyond all numbers",
        reply: |asked| {
            condition(
                asked,
                r#""id":"big","onsetAge":{"value":1e999999999},"onsetRange":{"low":{"value":-0.0e-999999999}}"#,
            )
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a resource nested 100,000 deep",
        reply: |asked| {
            condition(asked, &format!(r#""id":"deep","extension":{}{}"#, "[".repeat(100_000), "]".repeat(100_000)))
        },
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "objects nested without end",
        reply: |asked| condition(asked, &format!(r#""id":"deep","extension":{}"#, r#"{"a":"#.repeat(30_000))),
        outcome: NOT_FHIR,
    },
    Fault {
        name: "a Bundle nested 100,000 deep",
        reply: |asked| {
            Reply::json(asked.sound.replacen(
                '{',
                &format!(r#"{{"signature":{}{},"#, "[".repeat(100_000), "]".repeat(100_000)),
                1,
            ))
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "links nested 100,000 deep",
        reply: |asked| {
            let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
            Reply::json(asked.sound.replacen(r#""link":null"#, &format!(r#""link":{deep}"#), 1))
        },
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a match that is called an outcome",
        reply: |asked| {
            asked.with_entry(r#"{"search":{"mode":"outcome"},"resource":{"resourceType":"Device","id":"x"}}"#)
        },
        outcome: Outcome::Unusable(1),
    },
    Fault {
        name: "a message that nothing was found",
        reply: |asked| message(asked, "warning", "4101", "No results."),
        outcome: Outcome::Idle(1),
    },
    Fault {
        name: "a message that there is more",
        reply: |asked| message(asked, "warning", "4119", "Additional data may exist."),
        outcome: Outcome::More(|| Reason::SourceSaysMore),
    },
    Fault {
        name: "a resource of a kind that nobody knows",
        reply: |asked| asked.with_entry(r#"{"resource":{"resourceType":"Unicorn","id":"u"}}"#),
        outcome: Outcome::Whole,
    },
    Fault {
        name: "a thousand entries of nothing",
        reply: |asked| asked.with_entry(&["{}"; 1000].join(",")),
        outcome: Outcome::Unusable(1000),
    },
];
