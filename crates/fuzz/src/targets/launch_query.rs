//! The query with which an EHR opens Accord, and the issuer in it.
//!
//! Law: what was read, written and read again is the same; nothing is read that stands twice; nothing of it shows; only a
//! registered base is found, and never by a look-alike.

use access::Secret;
use smart::LaunchQuery;
use url::{Url, form_urlencoded};

use super::Target;
use crate::registration::{REGISTRY, tenant};

pub const TARGET: Target = Target {
    name: "launch_query",
    words: &[
        "iss=",
        "launch=",
        "&",
        "https://ehr.example/fhir",
        "https%3A%2F%2Fehr.example%2Ffhir",
        "https://ehr.example/fhir/",
        "https://EHR.example:443/fhir",
        "https://ehr.example@evil.test/fhir",
        "https://ehr.example.evil.test/fhir",
        "https://kidney.example:8443/r4",
        "/../fhir",
        "%2e%2e/",
        "\\",
        "%5C",
        "%09",
        "?",
        "#",
        "%ff",
        "%EF%BF%BD",
        "http://",
        "[::1]",
    ],
    tries: 5_000,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let query = match LaunchQuery::parse(&text) {
        Ok(query) => query,
        Err(error) => return error.to_string(),
    };
    for name in ["iss", "launch"] {
        let there = form_urlencoded::parse(text.as_bytes()).filter(|(said, _)| said == name).count();
        assert!(there <= 1, "{name} stands twice and was read");
    }
    let mut written = form_urlencoded::Serializer::new(String::new());
    written.append_pair("iss", &query.iss);
    if let Some(launch) = &query.launch {
        assert!(launch.expose().len() <= 8 * 1024, "a handle without end");
        written.append_pair("launch", launch.expose());
    }
    assert_eq!(LaunchQuery::parse(&written.finish()).as_ref(), Ok(&query), "it changed on the way");
    let other = LaunchQuery { iss: "another".to_owned(), launch: Some(Secret::new("another")) };
    assert_eq!(format!("{query:?}"), format!("{other:?}"), "a value shows");
    match REGISTRY.by_issuer(&query.iss, None) {
        Ok(client) => {
            assert!(names(&query.iss, &client.fhir_base), "{} was found by a look-alike", client.source);
            let again = REGISTRY.by_issuer(client.fhir_base.as_str(), Some(&tenant()));
            assert!(again.is_ok_and(|again| again.source == client.source));
            format!("{}, handle {}", client.source, query.launch.is_some())
        }
        Err(unknown) => unknown.to_string(),
    }
}

/// True where the text names the base letter by letter, but for case of the host, a port that goes without saying, and
/// one slash at the end.
fn names(said: &str, base: &Url) -> bool {
    let Some((scheme, rest)) = said.split_once("://") else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let port = base.port_or_known_default().unwrap_or_default();
    let expected = base.host_str().unwrap_or_default();
    let host_fits = host == format!("{expected}:{port}") || (base.port().is_none() && host == expected);
    scheme.eq_ignore_ascii_case(base.scheme())
        && host_fits
        && path.trim_end_matches('/') == base.path().trim_matches('/')
}
