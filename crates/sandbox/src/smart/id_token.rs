//! Who signed in, as a signed statement (OpenID Connect Core section 2; SMART's `fhirUser`).

use jiff::SignedDuration;
use serde_json::json;

use super::{Authority, scope::Scope, scope::has_word};
use crate::directory::User;

/// How long an id_token is good: it is checked once, right after it was received.
const LIFE: SignedDuration = SignedDuration::from_mins(5);

/// Makes the id_token if `openid` was granted.
pub(super) fn id_token(
    authority: &Authority,
    user: &User,
    client: &str,
    scopes: &[Scope],
    nonce: Option<&str>,
) -> Option<String> {
    if !has_word(scopes, "openid") {
        return None;
    }
    let now = authority.now();
    let mut claims = json!({
        "iss": authority.issuer(),
        "sub": user.id,
        "aud": client,
        "iat": now.as_second(),
        "exp": (now + LIFE).as_second(),
    });
    if let Some(nonce) = nonce {
        claims["nonce"] = json!(nonce);
    }
    if has_word(scopes, "fhirUser") {
        claims["fhirUser"] = json!(format!("{}/{}", authority.fhir_base(), user.fhir_user));
    }
    if has_word(scopes, "profile") || has_word(scopes, "fhirUser") {
        claims["name"] = json!(user.name);
    }
    Some(authority.key.sign(&claims))
}
