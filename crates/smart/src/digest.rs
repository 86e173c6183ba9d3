//! Hashes of secrets, and new secrets from handed-in randomness.

use access::{Randomness, Secret};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// SHA-256 of a secret: what a store may know, because it opens nothing.
pub fn secret_hash(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// A fresh secret of 256 random bits as 43 characters that need no escaping in an address, a cookie or a form.
pub fn random_secret(random: &dyn Randomness) -> Secret {
    let mut bits = Zeroizing::new([0; 32]);
    random.fill(bits.as_mut());
    Secret::new(URL_SAFE_NO_PAD.encode(bits.as_ref()))
}

/// JSON in a buffer that is wiped when dropped, and large enough not to move and leave copies behind.
pub(crate) fn json_bytes(value: &impl Serialize) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(64 * 1024));
    serde_json::to_writer(&mut *bytes, value).expect("texts and times always become JSON");
    bytes
}
