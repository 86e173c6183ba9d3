//! References: where they point.
//!
//! Law: what was taken apart can be put together again; an id can stand in an address; what points nowhere keeps its text.

use fhir::resource::is_id;
use fhir::{Reference, Target as Place};

use super::Target;

pub const TARGET: Target = Target {
    name: "references",
    words: &[
        "Goal/1",
        "Patient/p1/_history/2",
        "/_history/",
        "_history",
        "https://ehr.example/fhir/",
        "http://",
        "https://",
        "urn:uuid:",
        "urn:oid:",
        "#",
        "/",
        "?",
        "..",
        "%2f",
        "\\",
        "@",
        "\u{202e}",
        "reference",
        "identifier",
        "display",
        "type",
    ],
    tries: 20_000,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let mut kinds: Vec<&str> = text.lines().take(50).map(line).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.join(" ")
}

fn line(text: &str) -> &'static str {
    let written = serde_json::json!({ "reference": text, "display": text }).to_string();
    let reference: Reference = serde_json::from_str(&written).expect("an object");
    let place = Place::parse(text);
    assert_eq!(reference.target().as_ref(), Some(&place), "another place by way of JSON");
    let text = text.trim();
    let last = |kind: &str, id: &str, version: &Option<String>| {
        assert!(is_id(id), "an id that cannot stand in an address: {id:?}");
        let version = version.as_ref().map(|version| format!("/_history/{version}")).unwrap_or_default();
        format!("{kind}/{id}{version}")
    };
    let (kind, again) = match &place {
        Place::Contained(id) => ("contained", format!("#{id}")),
        Place::Urn(urn) => ("urn", urn.clone()),
        Place::Other(other) => ("other", other.clone()),
        Place::Relative { kind, id, version } => ("relative", last(kind, id, version)),
        Place::Absolute { base, kind, id, version } => {
            assert!(base.starts_with("http://") || base.starts_with("https://"), "no address of the web: {base:?}");
            ("absolute", format!("{base}/{}", last(kind, id, version)))
        }
    };
    assert_eq!(again, text, "it was taken apart and does not fit together");
    assert_eq!(Place::parse(&again), place, "it points elsewhere the second time");
    kind
}
