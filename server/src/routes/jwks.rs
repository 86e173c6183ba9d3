//! `/.well-known/jwks.json`: our public keys, for sources that verify our assertions (checklist T3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use smart::{SigningKey, jwks};

use crate::state::Server;

/// Lists them: of each registration the key that signs, the next one and the last one. An hour of caching leaves a source
/// enough time to see a new key in the day before it signs.
pub async fn keys(State(server): State<Arc<Server>>) -> impl IntoResponse {
    let keys: Vec<SigningKey> = server.registry.clients().flat_map(|client| client.published_keys()).collect();
    ([(CACHE_CONTROL, "public, max-age=3600")], Json(jwks(&keys)))
}
