//! What must hold after each answer.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::header::{CONTENT_SECURITY_POLICY, DATE};
use axum::http::{HeaderMap, StatusCode};

use crate::support::browser::Page;
use crate::support::people::{Human, marked, marked_in_records};

/// Says what is wrong with an answer.
pub type Verdict = Result<(), String>;

/// Whom an answer may show.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct May {
    /// Whose records.
    pub show: BTreeSet<Human>,
    /// Whose names besides: a note that stands in a record names who wrote it.
    pub name: BTreeSet<Human>,
}

/// Nothing of anybody but these people stands in the answer, not in its headers either, and it is no failure of ours.
pub fn only(page: &Page, allowed: &BTreeSet<Human>) -> Verdict {
    within(page, &May { show: allowed.clone(), name: BTreeSet::new() })
}

/// Nothing stands in the answer but what it may show, not in its headers either, and it is no failure of ours.
pub fn within(page: &Page, may: &May) -> Verdict {
    let headers = page.headers.values().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let answer = format!("{}\n{}", page.text, headers.collect::<Vec<_>>().join("\n"));
    let named = marked(&answer).into_iter().filter(|human| !may.name.contains(human));
    let shown: BTreeSet<Human> = named.chain(marked_in_records(&answer)).collect();
    let of_others: Vec<String> = shown.difference(&may.show).map(ToString::to_string).collect();
    if !of_others.is_empty() {
        return Err(format!("{} {} shows {}", page.status, page.url.path(), of_others.join(", ")));
    }
    let ours = [StatusCode::INTERNAL_SERVER_ERROR, StatusCode::NOT_IMPLEMENTED, StatusCode::HTTP_VERSION_NOT_SUPPORTED];
    if ours.contains(&page.status) {
        Err(format!("{} {}: {}", page.status, page.url.path(), page.text))
    } else {
        Ok(())
    }
}

/// Nothing of anybody.
pub fn nobody(page: &Page) -> Verdict {
    only(page, &BTreeSet::new())
}

/// The answer about somebody else's launch differs in nothing from that about a launch that never was.
pub fn alike(foreign: (&Page, &str), never: (&Page, &str)) -> Verdict {
    nobody(foreign.0)?;
    if foreign.0.status.is_success() {
        return Err(format!("{} {} is answered to a stranger", foreign.0.status, foreign.0.url.path()));
    }
    let (one, other) = (plain(foreign.0, foreign.1), plain(never.0, never.1));
    if one == other { Ok(()) } else { Err(format!("foreign and never-existing differ: {one:#?} and {other:#?}")) }
}

/// An answer without its random parts: the launch of its address and the nonce.
fn plain(page: &Page, launch: &str) -> (StatusCode, BTreeMap<String, String>, String) {
    let nonce = nonce(&page.headers).unwrap_or_default();
    let plain = |text: &str| {
        let text = text.replace(launch, "LAUNCH");
        if nonce.is_empty() { text } else { text.replace(&nonce, "NONCE") }
    };
    let headers = page.headers.iter().filter(|(name, _)| *name != DATE && *name != "x-request-id");
    let headers = headers.map(|(name, value)| (name.to_string(), plain(&String::from_utf8_lossy(value.as_bytes()))));
    (page.status, headers.collect(), plain(&page.text))
}

fn nonce(headers: &HeaderMap) -> Option<String> {
    let policy = headers.get(CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    Some(policy.split_once("'nonce-")?.1.split('\'').next()?.to_owned())
}

mod tests {
    use axum::http::HeaderValue;
    use axum::http::header::LOCATION;

    use super::*;
    use crate::support::people::Place;

    fn page(status: StatusCode, text: &str) -> Page {
        let url = "http://127.0.0.1:9/l/a/plan".parse().expect("an address");
        Page { status, url, headers: HeaderMap::new(), text: text.to_owned() }
    }

    #[test]
    fn somebody_else_in_the_text_or_in_a_header_is_seen() {
        let (own, other) = (Human { tenant: 0, number: 0 }, Human { tenant: 1, number: 0 });
        let mut answer = page(StatusCode::OK, &format!("<h1>{}</h1>", own.name_mark().to_uppercase()));
        assert_eq!(only(&answer, &[own].into()), Ok(()));
        assert!(only(&answer, &[other].into()).is_err() && nobody(&answer).is_err());
        let elsewhere = HeaderValue::from_str(&format!("/l/x?q={}", other.name_mark())).expect("a value");
        answer.headers.insert(LOCATION, elsewhere);
        assert!(only(&answer, &[own].into()).is_err());
    }

    #[test]
    fn who_may_be_named_is_not_shown_by_more_than_the_name() {
        let (own, author) = (Human { tenant: 0, number: 0 }, Human { tenant: 0, number: 1 });
        let may = May { show: [own].into(), name: [author].into() };
        let note = |mark: String| page(StatusCode::OK, &format!("{} written by {mark}", own.name_mark()));
        assert_eq!(within(&note(author.name_mark()), &may), Ok(()));
        assert!(within(&note(author.record_mark(Place(0))), &may).is_err());
        assert!(only(&note(author.name_mark()), &[own].into()).is_err());
    }

    #[test]
    fn a_failure_of_ours_is_seen() {
        assert!(nobody(&page(StatusCode::INTERNAL_SERVER_ERROR, "")).is_err());
    }

    #[test]
    fn any_difference_between_foreign_and_never_existing_is_seen() {
        let never = page(StatusCode::NOT_FOUND, "not open: /l/b/");
        let foreign = || page(StatusCode::NOT_FOUND, "not open: /l/a/");
        let compare = |foreign: &Page| alike((foreign, "/l/a/"), (&never, "/l/b/"));
        assert_eq!(compare(&foreign()), Ok(()));
        assert!(compare(&Page { status: StatusCode::FORBIDDEN, ..foreign() }).is_err());
        assert!(compare(&Page { text: "not open today: /l/a/".to_owned(), ..foreign() }).is_err());
        let mut header = foreign();
        header.headers.insert("x-exists", HeaderValue::from_static("1"));
        assert!(compare(&header).is_err());
        let given = page(StatusCode::OK, "the same");
        assert!(alike((&given, "a"), (&given, "b")).is_err(), "an answer to a stranger");
    }
}
