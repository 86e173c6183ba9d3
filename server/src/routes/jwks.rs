//! `/.well-known/jwks.json`: our public keys, for sources that verify our assertions (checklist T3).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use smart::{ClientAuth, SigningKey, jwks};

use crate::state::Server;

/// Lists them.
pub async fn keys(State(server): State<Arc<Server>>) -> impl IntoResponse {
    let keys: Vec<SigningKey> = server
        .registry
        .clients()
        .filter_map(|client| match &client.auth {
            ClientAuth::PrivateKeyJwt(key) => Some(key.clone()),
            _ => None,
        })
        .collect();
    ([(CACHE_CONTROL, "public, max-age=3600")], Json(jwks(&keys)))
}
