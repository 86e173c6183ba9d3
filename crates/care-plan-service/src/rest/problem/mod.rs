//! What an answer says where something is not done (RFC 9457, `application/problem+json`).
//!
//! `type` and `code` are one to one and stay what they are; `title` and `detail` are for people. A problem names fields,
//! states and ids, and repeats nothing of what a plan says.

mod code;
mod failure;
mod refusal;

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::Version;

pub use code::Code;

/// Why something was not done.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    which: Code,
    detail: Option<Box<str>>,
    errors: Vec<FieldError>,
    version: Option<Version>,
    activities: Box<[String]>,
    goals: Box<[String]>,
    challenge: Option<Box<str>>,
    retry_after: Option<u32>,
}

/// A problem as it is answered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem", description = "Why something was not done.")]
pub(super) struct Told<'a> {
    /// Names the kind of problem for ever: `urn:accord:problem:version-stale`.
    #[serde(rename = "type")]
    kind: String,
    /// The kind of problem in a few words.
    title: &'static str,
    /// The status of the answer.
    status: u16,
    /// The kind of problem for programs: `VERSION_STALE`.
    code: &'static str,
    /// What it means here.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'a str>,
    /// What is wrong with which field.
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    #[schemars(default)]
    errors: &'a [FieldError],
    /// The version now, where another one was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<Version>,
    /// The ids of the open activities of which it has to be said what becomes of them.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(default)]
    activities: &'a [String],
    /// The ids of the open goals of which it has to be said what becomes of them.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    #[schemars(default)]
    goals: &'a [String],
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
            which: code,
            detail: None,
            errors: Vec::new(),
            version: None,
            activities: Box::default(),
            goals: Box::default(),
            challenge: None,
            retry_after: None,
        }
    }

    /// The same, saying more.
    #[must_use]
    pub fn saying(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into().into_boxed_str()), ..self }
    }

    /// The same, naming a field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>, code: &'static str, message: impl Into<String>) -> Self {
        self.errors.push(FieldError::new(field, code, message));
        self
    }

    /// The same, with what is missing of the credentials (`WWW-Authenticate`, RFC 6750 section 3).
    #[must_use]
    pub fn challenging(self, challenge: impl Into<String>) -> Self {
        Self { challenge: Some(challenge.into().into_boxed_str()), ..self }
    }

    /// The same, with the seconds after which to come back.
    #[must_use]
    pub fn after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    fn told(&self) -> Told<'_> {
        Told {
            kind: self.which.uri(),
            title: self.which.title(),
            status: self.which.status().as_u16(),
            code: self.which.word(),
            detail: self.detail.as_deref(),
            errors: &self.errors,
            version: self.version,
            activities: &self.activities,
            goals: &self.goals,
        }
    }

    /// Which kind it is.
    pub fn which(&self) -> Code {
        self.which
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.which.status();
        let body = serde_json::to_vec(&self.told()).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let challenge = match (&self.challenge, status) {
            (Some(challenge), _) => HeaderValue::from_str(challenge).ok(),
            (None, StatusCode::UNAUTHORIZED) => Some(HeaderValue::from_static("Bearer")),
            (None, _) => None,
        };
        if let Some(challenge) = challenge {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(now) = self.version
            && let Ok(tag) = HeaderValue::from_str(&format!("\"{now}\""))
        {
            headers.insert(ETAG, tag);
        }
        response
    }
}
