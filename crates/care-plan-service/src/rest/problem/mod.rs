//! What an answer says where something is not done (RFC 9457, `application/problem+json`).
//!
//! `type` and `code` are one to one and stay what they are; `title` and `detail` are for people. A problem names fields,
//! states and ids, and repeats nothing of what a plan says.

mod code;
mod failure;
mod refusal;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::Version;

pub use code::Code;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Problem {
    /// Names the kind of problem for ever: `urn:accord:problem:version-stale`.
    #[serde(rename = "type")]
    #[schemars(with = "String")]
    kind: String,
    /// The kind of problem in a few words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// The kind of problem for programs: `VERSION_STALE`.
    code: &'static str,
    /// What it means here.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    errors: Vec<FieldError>,
    /// The version now, where another one was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    /// The ids of the open activities of which it has to be said what becomes of them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    activities: Vec<String>,
    #[serde(skip)]
    which: Code,
}

/// What is wrong with one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FieldError {
    /// The field as a JSON pointer into the body; `?name` for a parameter, the name of a header for a header.
    pub field: String,
    /// What is wrong, for programs: `missing`, `unknown-field`, `too-long`, …
    pub code: &'static str,
    /// The same for people.
    pub message: String,
}

impl FieldError {
    /// What is wrong with a field.
    pub fn new(field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        Self { field: field.into(), code, message: message.into() }
    }
}

impl Problem {
    /// A problem of a kind.
    pub fn of(code: Code) -> Self {
        Self {
            kind: code.uri(),
            title: code.title(),
            status: code.status().as_u16(),
            code: code.word(),
            detail: None,
            errors: Vec::new(),
            version: None,
            activities: Vec::new(),
            which: code,
        }
    }

    /// The same, saying more.
    #[must_use]
    pub fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }

    /// The same, naming a field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        self.errors.push(FieldError::new(field, code, message));
        self
    }

    /// Which kind it is.
    pub fn which(&self) -> Code {
        self.which
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.which.status();
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(now) = self.version
            && let Ok(tag) = HeaderValue::from_str(&format!("\"{now}\""))
        {
            headers.insert(ETAG, tag);
        }
        response
    }
}
