//! The honest answer, taken apart so that one thing in it can be changed.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{HeaderValue, StatusCode, header, response::Parts},
    response::{Html, IntoResponse, Redirect, Response},
};
use futures::{StreamExt, stream};
use serde_json::Value;

/// Room for any answer of the sandbox, in bytes.
const LARGEST_ANSWER: usize = 256 * 1024 * 1024;
/// More than any client should read of anything.
const TEN_MEGABYTES: usize = 10 * 1024 * 1024;

/// An answer of the honest EHR.
pub(super) struct Genuine {
    pub(super) parts: Parts,
    pub(super) body: Bytes,
}

impl Genuine {
    pub(super) async fn of(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        Self { parts, body: to_bytes(body, LARGEST_ANSWER).await.unwrap_or_default() }
    }

    pub(super) fn is_ok(&self) -> bool {
        self.parts.status == StatusCode::OK
    }

    /// The body as JSON; `null` where it is none.
    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The same answer with one field of its JSON object set.
    pub(super) fn with(self, field: &str, value: impl Into<Value>) -> Response {
        let mut json = self.json();
        if let Some(object) = json.as_object_mut() {
            object.insert(field.to_owned(), value.into());
        }
        self.with_json(&json)
    }

    /// The same answer with one field of its JSON object missing.
    pub(super) fn without(self, field: &str) -> Response {
        let mut json = self.json();
        if let Some(object) = json.as_object_mut() {
            object.shift_remove(field);
        }
        self.with_json(&json)
    }

    pub(super) fn with_json(self, json: &Value) -> Response {
        self.with_body(json.to_string())
    }

    pub(super) fn with_body(mut self, body: impl Into<Bytes>) -> Response {
        self.parts.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(self.parts, Body::from(body.into()))
    }

    /// The same answer under another content type.
    pub(super) fn named(mut self, content_type: &'static str) -> Response {
        self.parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        self.unchanged()
    }

    pub(super) fn unchanged(self) -> Response {
        let body = self.body.clone();
        self.with_body(body)
    }

    /// The same answer, its JSON object followed by so much white space that nobody should read it all.
    pub(super) fn ten_megabytes(self) -> Response {
        let mut body = self.body.to_vec();
        body.resize(TEN_MEGABYTES, b' ');
        self.with_body(body)
    }

    /// The same answer and no end to it, as fast as the reader reads.
    pub(super) fn endless(mut self) -> Response {
        self.parts.headers.remove(header::CONTENT_LENGTH);
        let start = stream::once(std::future::ready(self.body.clone()));
        let spaces = stream::repeat_with(|| Bytes::from_static(&[b' '; 4096]));
        Response::from_parts(self.parts, Body::from_stream(start.chain(spaces).map(Ok::<_, Infallible>)))
    }

    /// Half of the answer under the length of the whole.
    pub(super) fn truncated(mut self) -> Response {
        self.parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(self.body.len().max(2)));
        let half = self.body.slice(..self.body.len() / 2);
        let pieces = [Ok(half), Err(std::io::Error::other("cut off"))];
        Response::from_parts(self.parts, Body::from_stream(stream::iter(pieces)))
    }

    /// The whole answer in pieces of one byte.
    pub(super) fn drop_by_drop(mut self) -> Response {
        self.parts.headers.remove(header::CONTENT_LENGTH);
        let body = self.body.clone();
        let drops = stream::iter(0..body.len()).then(move |at| {
            let drop = body.slice(at..=at);
            async move {
                tokio::task::yield_now().await;
                Ok::<_, Infallible>(drop)
            }
        });
        Response::from_parts(self.parts, Body::from_stream(drops))
    }
}

/// What a proxy says when the server behind it is down.
pub(super) fn status_500() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error").into_response()
}

/// What a portal says when a session is over.
pub(super) fn login_page() -> Response {
    Html("<!DOCTYPE html><html><head><title>Log in</title></head><body><h1>Please log in</h1></body></html>")
        .into_response()
}

/// A redirect that keeps method and body, so that what was sent would go to somebody else.
pub(super) fn elsewhere(url: &str) -> Response {
    Redirect::temporary(url).into_response()
}

/// A JSON document that is nested deeper than any stack.
pub(super) fn bottomless() -> Response {
    let depth = 100_000;
    let body = format!("{}{}", "{\"a\":".repeat(depth), "[]") + &"}".repeat(depth);
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}
