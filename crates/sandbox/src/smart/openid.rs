//! `GET /.well-known/openid-configuration` (OpenID Connect Discovery 1.0 section 4).

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::Authority;

/// Says how id_tokens of this issuer are signed and where the keys are.
pub(super) async fn openid_configuration(State(authority): State<Arc<Authority>>) -> Json<Value> {
    Json(json!({
        "issuer": authority.issuer(),
        "authorization_endpoint": authority.endpoint("/auth/authorize"),
        "token_endpoint": authority.token_endpoint(),
        "revocation_endpoint": authority.endpoint("/auth/revoke"),
        "jwks_uri": authority.endpoint("/auth/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [authority.key.algorithm_name()],
        "scopes_supported": ["openid", "fhirUser", "profile"],
        "claims_supported": ["iss", "sub", "aud", "exp", "iat", "nonce", "fhirUser", "name"],
        "code_challenge_methods_supported": ["S256"],
    }))
}
