//! The SMART App Launch side of an EHR: authorization, tokens, identity.
//!
//! Baseline is SMART App Launch 2.2. Where the specification leaves a choice, the strict one is taken, because a client
//! that passes here should pass anywhere: PKCE is required, `aud` is compared whole, `client_id` in the body of a
//! confidential client's token request is an error, a code or a rotated refresh token used twice ends the grant.

mod authority;
mod authorize;
mod cookie;
mod discovery;
mod form;
mod guard;
mod id_token;
mod identity;
mod inside;
mod jwks;
mod keys;
mod memory;
mod openid;
mod pkce;
mod revoke;
mod scope;
mod token;

use std::sync::Arc;

use axum::{
    Router,
    routing::{get, post},
};

pub(crate) use authority::{Authority, Setting};
pub(crate) use guard::Bearers;
pub use identity::PASSWORD;
pub(crate) use identity::router as identity_service;
pub(crate) use keys::SigningKey;
pub use memory::Launch;
pub(crate) use scope::is_system_scope;

/// The authorization server's routes, at the root of the EHR's address.
pub(crate) fn router(authority: Arc<Authority>) -> Router {
    Router::new()
        .route("/fhir/.well-known/smart-configuration", get(discovery::smart_configuration))
        .route("/.well-known/openid-configuration", get(openid::openid_configuration))
        .route("/auth/jwks", get(jwks::jwks))
        .route("/auth/authorize", get(authorize::by_get).post(authorize::by_post))
        .route("/auth/sign-in", post(authorize::sign_in))
        .route("/auth/pick", get(authorize::people_to_pick).post(authorize::pick))
        .route("/auth/token", post(token::token))
        .route("/auth/revoke", post(revoke::revoke))
        .with_state(authority)
}
