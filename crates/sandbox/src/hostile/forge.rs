//! Signed tokens with any header and any claims, as no honest signer makes them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use crate::smart::SigningKey;

/// The header that the honest signer writes.
pub(super) fn header(key: &SigningKey) -> Value {
    json!({ "typ": "JWT", "alg": key.algorithm_name(), "kid": key.public_jwk()["kid"] })
}

/// The claims of a token, which nobody verified.
pub(super) fn claims(token: &str) -> Value {
    let bytes = token.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok()).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_else(|_| json!({}))
}

/// A token without a signature.
pub(super) fn unsigned(header: &Value, claims: &Value) -> String {
    format!("{}.", message(header, claims))
}

/// A token signed by HMAC, with the public key's JWK as the secret: verifiers that let the token choose the algorithm
/// believe it.
pub(super) fn with_public_key_as_secret(key: &SigningKey, claims: &Value) -> String {
    let header = json!({ "typ": "JWT", "alg": "HS256", "kid": key.public_jwk()["kid"] });
    with_secret(&header, claims, key.public_jwk().to_string().as_bytes())
}

/// A token signed by HMAC.
pub(super) fn with_secret(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let message = message(header, claims);
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &EncodingKey::from_secret(secret), Algorithm::HS256);
    format!("{message}.{}", signature.expect("any bytes are a secret for HMAC"))
}

/// What is signed.
fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()))
}

pub(super) fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
