//! What a request asks and carries, checked before anything is done.

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use fhir_server::search::parse_pairs;
use fhir_server::{Failure, Method, Route, check_accept};

/// Largest form of a search.
const FORM_BYTES: usize = 64 * 1024;

/// The headers of a request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Headers<'a>(pub(super) &'a HeaderMap);

impl<'a> Headers<'a> {
    /// The text of a header; the first where there are several.
    pub(super) fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(|value| value.to_str().ok())
    }

    /// Checks that the client takes JSON. `_format` goes before `Accept` (R4 http.html#mime-type).
    fn check_accept(self, query: &str) -> Result<(), Failure> {
        check_accept(self.text("accept"), query)
    }
}

/// Reads method and path.
///
/// # Errors
/// 405 for what would write; 404 for paths that do not exist in FHIR or here; 406.
pub(super) fn understand(parts: &Parts) -> Result<Route, Failure> {
    let path = parts.uri.path();
    let method = match parts.method.as_str() {
        "GET" | "HEAD" => Method::Get,
        "POST" if is_form(path) => Method::Post,
        _ => return Err(read_only()),
    };
    if path.split('/').any(|part| part.starts_with('$') || part.starts_with("%24")) {
        return Err(Failure::new(404, "not-supported", "This operation is not supported."));
    }
    let route = Route::parse(method, path)?;
    Headers(&parts.headers).check_accept(parts.uri.query().unwrap_or_default())?;
    Ok(route)
}

/// True for the document that says where tokens come from; it is JSON whatever the client takes (SMART).
pub(super) fn is_smart_configuration(parts: &Parts) -> bool {
    let reads = parts.method == http::Method::GET || parts.method == http::Method::HEAD;
    reads && parts.uri.path().trim_end_matches('/') == "/.well-known/smart-configuration"
}

/// The refusal of every write.
pub(super) fn read_only() -> Failure {
    let sentence = "Nothing is written by FHIR here: shared plans are changed by /api/v1/care-plans.";
    Failure::new(405, "not-supported", sentence)
}

/// True for the path of a search by form.
pub(super) fn is_form(path: &str) -> bool {
    path.trim_end_matches('/').ends_with("/_search")
}

/// The parameters in the form of a search.
///
/// # Errors
/// 400 for what is not UTF-8, 413 for too much, 415 for another type of content.
pub(super) async fn form_of(parts: &Parts, body: Body) -> Result<Vec<(String, String)>, Failure> {
    if parts.method != http::Method::POST {
        return Ok(Vec::new());
    }
    let kind = Headers(&parts.headers).text("content-type").unwrap_or_default();
    if kind.split(';').next().unwrap_or_default().trim() != "application/x-www-form-urlencoded" {
        let sentence = "A search by POST takes application/x-www-form-urlencoded only.";
        return Err(Failure::new(415, "not-supported", sentence));
    }
    let bytes = axum::body::to_bytes(body, FORM_BYTES).await;
    let bytes = bytes.map_err(|_| Failure::new(413, "too-long", "The form is too large or did not arrive whole."))?;
    let text = std::str::from_utf8(&bytes).map_err(|_| Failure::bad_request("structure", "The form is not UTF-8."))?;
    Ok(parse_pairs(text))
}
