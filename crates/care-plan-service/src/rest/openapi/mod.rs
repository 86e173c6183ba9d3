//! The description of the endpoints (OpenAPI 3.1), made from them.

mod document;
mod operation;

use std::sync::LazyLock;

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

pub use document::document;

static TEXT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", document()));

/// `GET /openapi.json`: open to everybody, for it says nothing of anybody.
pub(super) async fn send() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], TEXT.as_str())
}
