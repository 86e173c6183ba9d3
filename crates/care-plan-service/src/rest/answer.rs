//! What an endpoint answers where all is well.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use shared_plan::Version;

use super::BASE;
use super::problem::{Code, Problem};

/// What an endpoint answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<T> {
    body: T,
    version: Option<Version>,
    location: Option<String>,
    replayed: bool,
}

impl<T: Serialize> Answer<T> {
    /// An answer with this body.
    pub fn of(body: T) -> Self {
        Self { body, version: None, location: None, replayed: false }
    }

    /// The same, as a version of the plan.
    #[must_use]
    pub fn at(self, version: Version) -> Self {
        Self { version: Some(version), ..self }
    }

    /// The same, of a request that may have been carried out before.
    #[must_use]
    pub fn replayed(self, replayed: bool) -> Self {
        Self { replayed, ..self }
    }

    /// The same, of something that was made and lies there, below the base path.
    #[must_use]
    pub fn made(self, path: &str) -> Self {
        Self { location: Some(format!("{BASE}{path}")), ..self }
    }

    /// The answer with its status.
    pub(super) fn with(self, status: StatusCode) -> Response {
        let body = match serde_json::to_vec(&self.body) {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(%error, "an answer could not be written");
                return Problem::of(Code::Internal).into_response();
            }
        };
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let tag = self.version.map(|version| format!("\"{version}\""));
        for (name, value) in [(ETAG, tag), (LOCATION, self.location)] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
                headers.insert(name, value);
            }
        }
        if self.replayed {
            headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
        }
        response
    }
}
