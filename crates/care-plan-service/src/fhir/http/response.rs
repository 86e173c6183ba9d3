//! From answer to response.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::body::Body as HttpBody;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use fhir_server::Failure;

use super::request::{Headers, is_form};
use crate::fhir::answer::{Answer, Body, Tagged, http_date};
use crate::identity::{NotAdmitted, whole_seconds};

/// The response to an interaction that was carried out; 304 where the client has this very version, or this very answer
/// (`If-None-Match`).
pub(super) fn unless_known(answer: Answer, headers: Headers<'_>) -> Response {
    let json = match &answer.body {
        Body::Resource(resource) => serde_json::to_vec(&**resource),
        Body::SearchSet(set) => serde_json::to_vec(set),
    };
    let Ok(json) = json else {
        return refused(&Failure::new(500, "exception", "Something went wrong on our side."), "");
    };
    let tag = match (answer.tagged, answer.stamp) {
        (Tagged::ByVersion | Tagged::SentWhole, Some((version, _))) => version.etag(),
        _ => content_tag(&json),
    };
    let asked = headers.text("if-none-match").unwrap_or_default();
    let known = answer.tagged != Tagged::SentWhole && asked.split(',').any(|known| known.trim() == tag);
    let mut response = if known { with_json(304, None) } else { with_json(200, Some(json)) };
    set(&mut response, header::ETAG, &tag);
    if let Some((_, at)) = answer.stamp {
        set(&mut response, header::LAST_MODIFIED, &http_date(at));
    }
    response
}

/// The response to what was refused.
pub(super) fn refused(failure: &Failure, path: &str) -> Response {
    let mut response = with_json(failure.status, serde_json::to_vec(&failure.outcome.to_value()).ok());
    if failure.status == 405 {
        set(&mut response, header::ALLOW, if is_form(path) { "POST" } else { "GET, HEAD" });
    }
    response
}

/// The response to who was not let in (RFC 6750 section 3).
pub(super) fn not_admitted(why: NotAdmitted) -> Response {
    let challenge = match why {
        NotAdmitted::NoToken => "Bearer",
        NotAdmitted::Refused(_) => r#"Bearer error="invalid_token""#,
        NotAdmitted::TooOften(too_often) => {
            let seconds = whole_seconds(too_often);
            let sentence = format!("This was asked too often. Come back in {seconds} seconds.");
            let mut response = refused(&Failure::new(429, "throttled", sentence), "");
            set(&mut response, header::RETRY_AFTER, &seconds.to_string());
            return response;
        }
        NotAdmitted::NotAsked => {
            let sentence = "Who calls could not be found out. Try again later.";
            return refused(&Failure::new(503, "transient", sentence), "");
        }
    };
    let sentence = "A token of the organisation's identity service is needed.";
    let mut response = refused(&Failure::new(401, "login", sentence), "");
    set(&mut response, header::WWW_AUTHENTICATE, challenge);
    response
}

/// The response to a token that does not allow it, with what it takes.
pub(super) fn out_of_scope(failure: &Failure, wanted: &str) -> Response {
    let mut response = refused(failure, "");
    let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{wanted}\"");
    set(&mut response, header::WWW_AUTHENTICATE, &challenge);
    response
}

/// A document that is no resource.
pub(super) fn plain_json(told: Result<serde_json::Value, Failure>) -> Response {
    match told {
        Ok(document) => {
            let mut response = with_json(200, serde_json::to_vec(&document).ok());
            set(&mut response, header::CONTENT_TYPE, "application/json");
            response
        }
        Err(failure) => refused(&failure, ""),
    }
}

/// The same for the same bytes.
fn content_tag(json: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    json.hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
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
