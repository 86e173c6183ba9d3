//! From answer to response.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Body as HttpBody;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use fhir_server::{Base, Failure};
use serde_json::Value;

use super::request::Headers;
use crate::fhir::access::Refusal;
use crate::fhir::answer::{Answer, Body, http_date};

/// The response to an interaction that was done.
pub(super) fn answered(answer: Answer, base: &Base) -> Response {
    let address = answer.address(base);
    let json = match &answer.body {
        Body::Empty => None,
        Body::Resource(resource) => serde_json::to_vec(&**resource).ok(),
        Body::SearchSet(set) => serde_json::to_vec(set).ok(),
    };
    // A Bundle has no version, so what it says is its tag.
    let found = matches!(answer.body, Body::SearchSet(_)).then(|| json.as_deref().map(content_tag)).flatten();
    let mut response = with_json(answer.status, json);
    if let Some(tag) = found {
        set(&mut response, header::ETAG, &tag);
    }
    if let Some((version, at)) = answer.stamp {
        set(&mut response, header::ETAG, &version.etag());
        set(&mut response, header::LAST_MODIFIED, &http_date(at));
    }
    if let Some(address) = address {
        set(&mut response, header::LOCATION, &address);
    }
    response
}

/// The tag of an answer without a version: the same for the same bytes.
fn content_tag(json: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    json.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

/// As [`answered`], but 304 where the client has this very version, or this very result of a search (`If-None-Match`).
pub(super) fn unless_known(answer: Answer, headers: Headers<'_>, base: &Base) -> Response {
    let known = match (&answer.stamp, answer.location.is_none() && answer.status == 200, headers.text("if-none-match"))
    {
        (Some((version, _)), true, Some(tags)) => tags.split(',').any(|tag| tag.trim() == version.etag()),
        _ => false,
    };
    if known {
        return answered(Answer { status: 304, body: Body::Empty, ..answer }, base);
    }
    let asked = headers.text("if-none-match").filter(|_| matches!(answer.body, Body::SearchSet(_)));
    let response = answered(answer, base);
    let tag = response.headers().get(header::ETAG).and_then(|tag| tag.to_str().ok()).map(str::to_owned);
    match tag.zip(asked) {
        Some((tag, asked)) if asked.split(',').any(|known| known.trim() == tag) => {
            let mut unchanged = with_json(304, None);
            set(&mut unchanged, header::ETAG, &tag);
            unchanged
        }
        _ => response,
    }
}

/// The response to what was refused.
pub(super) fn refused(failure: &Failure) -> Response {
    outcome(failure.status, &failure.outcome.to_value())
}

/// The response to who was not let in.
pub(super) fn not_admitted(refusal: &Refusal) -> Response {
    let mut response = outcome(refusal.status, &refusal.outcome.to_value());
    if let Some(challenge) = &refusal.challenge {
        set(&mut response, header::WWW_AUTHENTICATE, challenge);
    }
    response
}

fn outcome(status: u16, value: &Value) -> Response {
    with_json(status, serde_json::to_vec(value).ok())
}

fn with_json(status: u16, json: Option<Vec<u8>>) -> Response {
    let has_body = json.is_some();
    let mut response = Response::new(json.map_or_else(HttpBody::empty, HttpBody::from));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if has_body {
        set(&mut response, header::CONTENT_TYPE, "application/fhir+json; charset=utf-8");
    }
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

fn set(response: &mut Response, name: HeaderName, text: &str) {
    if let Ok(value) = HeaderValue::from_str(text) {
        response.headers_mut().insert(name, value);
    }
}
