//! What a request carries: headers and body, checked before anything is done.

use axum::body::Body;
use axum::http::HeaderMap;
use fhir_server::search::parse_pairs;
use fhir_server::{Failure, Route, check_accept};
use serde_json::Value;

/// Largest body: a transaction with a whole record.
const BODY_BYTES: usize = 64 * 1024 * 1024;

/// The headers of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Headers<'a>(pub(super) &'a HeaderMap);

impl<'a> Headers<'a> {
    /// The text of a header; the first where there are several.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(|value| value.to_str().ok())
    }

    /// Checks that the client takes JSON. `_format` goes before `Accept` (R4 http.html#mime-type).
    ///
    /// # Errors
    /// 406.
    pub(super) fn check_accept(self, query: &str) -> Result<(), Failure> {
        check_accept(self.text("accept"), query)
    }

    fn content_type(self) -> &'a str {
        self.text("content-type").unwrap_or_default().split(';').next().unwrap_or_default().trim()
    }
}

/// The body of a request, read.
#[derive(Debug)]
pub(super) enum Content {
    /// None was needed.
    Empty,
    /// JSON.
    Json(Value),
    /// The parameters of a search.
    Form(Vec<(String, String)>),
}

impl Content {
    /// The JSON of a write.
    ///
    /// # Errors
    /// 400 where there was none.
    pub(super) fn json(self) -> Result<Value, Failure> {
        match self {
            Self::Json(value) => Ok(value),
            Self::Empty | Self::Form(_) => Err(Failure::bad_request("required", "The request has no body.")),
        }
    }

    /// The parameters of a form.
    pub(super) fn pairs(self) -> Vec<(String, String)> {
        match self {
            Self::Form(pairs) => pairs,
            Self::Empty | Self::Json(_) => Vec::new(),
        }
    }
}

/// Reads the body that a route needs.
///
/// # Errors
/// 400 for what is not JSON, 413 for too much, 415 for another type of content.
pub(super) async fn body_of(route: &Route, form: bool, headers: Headers<'_>, body: Body) -> Result<Content, Failure> {
    let wanted: &[&str] = match route {
        Route::Search { .. } if form => &["application/x-www-form-urlencoded"],
        Route::Create { .. } | Route::Update { .. } | Route::Bundle | Route::Match => {
            &["application/fhir+json", "application/json", "application/json+fhir"]
        }
        Route::Patch { .. } => &["application/json-patch+json"],
        _ => return Ok(Content::Empty),
    };
    if !wanted.contains(&headers.content_type()) {
        return Err(Failure::new(415, "not-supported", format!("This request takes {} only.", wanted[0])));
    }
    let bytes = axum::body::to_bytes(body, BODY_BYTES).await;
    let bytes = bytes.map_err(|_| Failure::new(413, "too-long", "The body is too large or did not arrive whole."))?;
    if form {
        let text =
            std::str::from_utf8(&bytes).map_err(|_| Failure::bad_request("structure", "The form is not UTF-8."))?;
        return Ok(Content::Form(parse_pairs(text)));
    }
    // The parser's words may quote the record, so only the place is told.
    let not_json = |error: serde_json::Error| {
        Failure::bad_request(
            "structure",
            format!("The body is not JSON: line {}, column {}.", error.line(), error.column()),
        )
    };
    serde_json::from_slice(&bytes).map(Content::Json).map_err(not_json)
}
