//! The version that the caller has seen.

use axum::http::HeaderMap;
use axum::http::header::IF_MATCH;
use shared_plan::Version;

use super::path::Segment;
use crate::rest::problem::{Code, Problem};

/// The version of `If-Match` or of the body; both may be there where they are the same.
///
/// `If-Match: *` says that any version will do. No version was seen then, and it is answered as if there were none.
pub(super) fn seen(headers: &HeaderMap, body: Option<Version>) -> Result<Option<Version>, Problem> {
    let mut tags = headers.get_all(IF_MATCH).iter();
    let header = match (tags.next(), tags.next()) {
        (None, _) => None,
        (Some(tag), None) if tag.as_bytes() == b"*" => None,
        (Some(tag), None) => Some(tag.to_str().ok().and_then(strong).ok_or_else(unreadable)?),
        (Some(_), Some(_)) => return Err(unreadable()),
    };
    match (header, body) {
        (Some(header), Some(body)) if header != body => {
            Err(Problem::of(Code::VersionAmbiguous).at("/version", "differs", "If-Match names another version."))
        }
        (header, body) => Ok(header.or(body)),
    }
}

/// A strong tag: `"3"`. A weak one does not say that what was seen is the same to the letter (RFC 9110 section 8.8.3.2).
fn strong(tag: &str) -> Option<Version> {
    Version::read(tag.trim().strip_prefix('"')?.strip_suffix('"')?)
}

fn unreadable() -> Problem {
    Problem::of(Code::InvalidParameter).at(
        "If-Match",
        "wrong-type",
        "This must be one version in quotes, such as \"3\".",
    )
}
