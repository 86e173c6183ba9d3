//! `private_key_jwt`: a client signs who it is (SMART client-confidential-asymmetric; RFC 7523 section 3).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, Header};
use serde::Deserialize;

use super::{TokenError, client_keys};
use crate::{
    config::{AuthMethod, ClientConfig},
    smart::Authority,
};

/// Clocks may differ by this much.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// `exp` may be this far ahead (SMART: five minutes at most).
const LONGEST: SignedDuration = SignedDuration::from_mins(5);

#[derive(Debug, Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    exp: i64,
    jti: String,
    #[serde(default)]
    iat: Option<i64>,
    #[serde(default)]
    nbf: Option<i64>,
}

/// `aud` is one text or several (RFC 7519 section 4.1.3).
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    fn names(&self, wanted: &str) -> bool {
        match self {
            Self::One(one) => one == wanted,
            Self::Several(several) => several.iter().any(|one| one == wanted),
        }
    }
}

/// Checks an assertion and finds the client that made it.
pub(super) async fn client<'a>(authority: &'a Authority, text: &str) -> Result<&'a ClientConfig, TokenError> {
    let refused = TokenError::InvalidClient;
    let header = jsonwebtoken::decode_header(text).map_err(|_| refused("The assertion is not a JWT."))?;
    let claims = claims(text).ok_or(refused("The assertion lacks a claim: iss, sub, aud, exp and jti are needed."))?;
    if !matches!(header.alg, Algorithm::ES384 | Algorithm::RS384) {
        return Err(refused("The assertion must be signed with ES384 or RS384."));
    }
    if claims.iss != claims.sub {
        return Err(refused("In the assertion iss and sub must both be the client_id."));
    }
    let client = authority
        .client(&claims.iss)
        .filter(|client| client.auth == AuthMethod::PrivateKeyJwt)
        .ok_or(refused("The client is unknown, or it does not authenticate by a key."))?;
    let kid = header.kid.as_deref().ok_or(refused("The assertion does not say which key signed it (kid)."))?;
    let key = client_keys::find(client, kid)
        .await
        .ok_or(refused("The key of the assertion is not among the client's keys."))?;
    if !signed(text, &header, &key) {
        return Err(refused("The signature of the assertion is wrong."));
    }
    if !claims.aud.names(&authority.token_endpoint()) {
        return Err(refused("The assertion is not meant for this token endpoint (aud)."));
    }
    let now = authority.now();
    let expires = in_time(&claims, now).ok_or(refused("The assertion is too old, too early or good for too long."))?;
    if !authority.memory().first_use(&client.id, &claims.jti, expires + SKEW, now) {
        return Err(refused("The assertion was used before (jti)."));
    }
    Ok(client)
}

/// The middle part, which is not yet to be trusted.
fn claims(text: &str) -> Option<Claims> {
    let bytes = URL_SAFE_NO_PAD.decode(text.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn signed(text: &str, header: &Header, key: &DecodingKey) -> bool {
    let Some((message, signature)) = text.rsplit_once('.') else { return false };
    jsonwebtoken::crypto::verify(signature, message.as_bytes(), key, header.alg).unwrap_or(false)
}

/// When the assertion expires, if now is a time to use it.
fn in_time(claims: &Claims, now: Timestamp) -> Option<Timestamp> {
    let at = |second: i64| Timestamp::from_second(second).ok();
    let expires = at(claims.exp)?;
    let begins = [claims.iat, claims.nbf].into_iter().flatten().map(at).collect::<Option<Vec<_>>>()?;
    let good =
        now < expires + SKEW && expires <= now + LONGEST + SKEW && begins.into_iter().all(|begin| begin <= now + SKEW);
    good.then_some(expires)
}
