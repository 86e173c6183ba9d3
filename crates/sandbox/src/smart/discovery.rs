//! `GET /fhir/.well-known/smart-configuration` (SMART App Launch 2.2, "Conformance").

use std::sync::Arc;

use axum::{Json, extract::State};
use serde_json::{Value, json};

use super::Authority;

/// Says where to authorize and what this EHR can do.
pub(super) async fn smart_configuration(State(authority): State<Arc<Authority>>) -> Json<Value> {
    let mut grant_types = vec!["authorization_code", "refresh_token"];
    let mut scopes = vec![
        "openid",
        "fhirUser",
        "profile",
        "launch",
        "launch/patient",
        "online_access",
        "offline_access",
        "patient/*.cruds",
        "user/*.cruds",
    ];
    if authority.has_backend_clients() {
        grant_types.push("client_credentials");
        scopes.push("system/*.cruds");
    }
    let mut document = json!({
        "issuer": authority.issuer(),
        "jwks_uri": authority.endpoint("/auth/jwks"),
        "authorization_endpoint": authority.endpoint("/auth/authorize"),
        "token_endpoint": authority.token_endpoint(),
        "revocation_endpoint": authority.endpoint("/auth/revoke"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES384", "RS384"],
        "grant_types_supported": grant_types,
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "authorization_response_iss_parameter_supported": true,
        "scopes_supported": scopes,
        "capabilities": [
            "launch-ehr", "launch-standalone", "authorize-post",
            "client-public", "client-confidential-symmetric", "client-confidential-asymmetric",
            "sso-openid-connect", "context-banner", "context-ehr-patient", "context-standalone-patient",
            "permission-offline", "permission-online", "permission-patient", "permission-user",
            "permission-v1", "permission-v2"
        ],
    });
    if let Some((bundle, identifier)) = &authority.brands {
        document["user_access_brand_bundle"] = json!(bundle);
        document["user_access_brand_identifier"] = identifier.clone();
    }
    Json(document)
}
