//! `GET /auth/jwks`: the public keys that verify id_tokens (RFC 7517).

use std::sync::Arc;

use axum::{Json, extract::State, http::header, response::IntoResponse};
use serde_json::json;

use super::Authority;

/// Gives the set of public keys.
pub(super) async fn jwks(State(authority): State<Arc<Authority>>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "max-age=300")], Json(json!({ "keys": [authority.key.public_jwk()] })))
}
