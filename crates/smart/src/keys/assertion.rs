//! The signed assertion that stands in the place of a client secret (RFC 7523, SMART asymmetric client authentication).

use access::{Randomness, Secret};
use jiff::Timestamp;
use jsonwebtoken::Header;
use serde_json::json;
use url::Url;

use super::SigningKey;
use crate::digest::random_secret;

/// Seconds that an assertion lives. The IG allows five minutes; one less leaves room for a clock that is ahead.
const LIFETIME: i64 = 240;

/// Signs a new assertion. Each one has a new `jti`, also when the same request is made again.
pub(crate) fn assertion(
    key: &SigningKey,
    client_id: &str,
    token_endpoint: &Url,
    now: Timestamp,
    random: &dyn Randomness,
) -> Option<Secret> {
    let mut header = Header::new(key.inner.algorithm);
    header.kid = Some(key.inner.kid.clone());
    let claims = json!({
        "iss": client_id,
        "sub": client_id,
        "aud": token_endpoint.as_str(),
        "iat": now.as_second(),
        "exp": now.as_second() + LIFETIME,
        "jti": random_secret(random).expose(),
    });
    jsonwebtoken::encode(&header, &claims, &key.inner.private).ok().map(Secret::new)
}
