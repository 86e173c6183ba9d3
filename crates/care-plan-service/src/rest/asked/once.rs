//! The idempotency key.

use axum::http::request::Parts;
use sha2::{Digest, Sha256};
use shared_plan::Version;
use shared_plan::ports::Once;

use crate::Caller;
use crate::rest::problem::{Code, Problem};

/// Longest key that is taken.
const MAX_KEY: usize = 255;

/// Reads `Idempotency-Key`. It holds within the tenant, the user, the method and the path; what was asked is the body and
/// the version.
pub(super) fn once(
    parts: &Parts,
    caller: &Caller,
    seen: Option<Version>,
    body: &[u8],
) -> Result<Option<Once>, Problem> {
    let mut keys = parts.headers.get_all("idempotency-key").iter();
    let key = match (keys.next(), keys.next()) {
        (None, _) => return Ok(None),
        (Some(key), None) => key.as_bytes(),
        (Some(_), Some(_)) => return Err(unreadable()),
    };
    if key.is_empty() || key.len() > MAX_KEY || !key.iter().all(|byte| (0x20..0x7f).contains(byte)) {
        return Err(unreadable());
    }
    let user = caller.who.user.as_ref().map(|user| (user.issuer.as_str(), user.subject.as_str())).unwrap_or_default();
    let bound = digest(&[
        caller.tenant.0.as_bytes(),
        user.0.as_bytes(),
        user.1.as_bytes(),
        parts.method.as_str().as_bytes(),
        parts.uri.path().as_bytes(),
        key,
    ]);
    let seen = seen.map(|seen| seen.to_string()).unwrap_or_default();
    Ok(Some(Once { key: hex(&bound), asked: digest(&[seen.as_bytes(), body]) }))
}

/// A digest of texts, each with its length, so that none flows into the next.
fn digest(texts: &[&[u8]]) -> [u8; 32] {
    let mut digest = Sha256::new();
    for text in texts {
        digest.update((text.len() as u64).to_be_bytes());
        digest.update(text);
    }
    digest.finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unreadable() -> Problem {
    let words = "This must be one key of 1 to 255 visible ASCII characters.";
    Problem::of(Code::InvalidParameter).at("Idempotency-Key", "wrong-type", words)
}
