//! How an event is signed: HMAC-SHA256 over id, time and body, each parted by a dot (Standard Webhooks 1.0).

use access::Secret;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

/// For how long before and after its time a receiver takes a message: what somebody has overheard is worth nothing later.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(5);
/// Bytes that a secret must have.
pub const LEAST_BYTES: usize = 24;

/// What sender and receiver know. `whsec_` and base64 stands for the bytes, as the libraries of the scheme write it; any
/// other text stands for itself.
#[derive(Debug, Clone)]
pub struct SigningSecret(Secret);

impl SigningSecret {
    /// Reads a secret; `None` where it is shorter than [`LEAST_BYTES`], or no base64 after `whsec_`.
    pub fn parse(text: &str) -> Option<Self> {
        let secret = Self(Secret::new(text.trim()));
        secret.key().filter(|key| key.len() >= LEAST_BYTES)?;
        Some(secret)
    }

    /// `v1,` and the base64 of the signature.
    pub fn sign(&self, id: &str, time: &str, body: &[u8]) -> String {
        format!("v1,{}", STANDARD.encode(self.mac(id, time, body).finalize().into_bytes()))
    }

    /// What a receiver looks at: one of the signatures of the header is ours, and the time is within [`WINDOW`] of `now`.
    pub fn vouches_for(&self, id: &str, time: &str, body: &[u8], signatures: &str, now: Timestamp) -> bool {
        let Some(sent) = time.parse().ok().and_then(|second| Timestamp::from_second(second).ok()) else { return false };
        let fresh = now.duration_since(sent).abs() <= WINDOW;
        fresh
            && signatures.split(' ').filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok()).any(|signature| {
                // Compared in a time that says nothing of where the two differ.
                self.mac(id, time, body).verify_slice(&signature).is_ok()
            })
    }

    fn mac(&self, id: &str, time: &str, body: &[u8]) -> Hmac<Sha256> {
        let key = self.key().unwrap_or_default();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key of any length will do");
        for part in [id.as_bytes(), b".", time.as_bytes(), b".", body] {
            mac.update(part);
        }
        mac
    }

    fn key(&self) -> Option<Vec<u8>> {
        match self.0.expose().strip_prefix("whsec_") {
            Some(base64) => STANDARD.decode(base64).ok(),
            None => Some(self.0.expose().as_bytes().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::{SigningSecret, WINDOW};

    const SECRET: &str = "a secret of twenty-four bytes";

    fn secret(text: &str) -> SigningSecret {
        SigningSecret::parse(text).expect("long enough")
    }

    /// The example of the scheme's own libraries.
    #[test]
    fn a_library_of_the_scheme_reads_our_signature() {
        let secret = secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signature = secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", br#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn the_signature_covers_id_time_and_body() {
        let signature = secret(SECRET).sign("msg_1", "1700000000", b"{}");
        for (id, time, body) in
            [("msg_2", "1700000000", "{}"), ("msg_1", "1700000001", "{}"), ("msg_1", "1700000000", "[]")]
        {
            assert_ne!(secret(SECRET).sign(id, time, body.as_bytes()), signature);
        }
        assert_ne!(secret("another secret of that length").sign("msg_1", "1700000000", b"{}"), signature);
    }

    #[test]
    fn what_was_overheard_is_worth_nothing_after_the_window() {
        let sent: Timestamp = "2026-11-21T08:00:00Z".parse().expect("a time");
        let time = sent.as_second().to_string();
        let secret = secret(SECRET);
        let signature = secret.sign("1", &time, b"{}");
        let at = |now: Timestamp| secret.vouches_for("1", &time, b"{}", &signature, now);
        assert!(at(sent) && at(sent + WINDOW) && at(sent - WINDOW));
        let second = SignedDuration::from_secs(1);
        assert!(!at(sent + WINDOW + second) && !at(sent - WINDOW - second));
        assert!(!secret.vouches_for("1", "soon", b"{}", &signature, sent));
    }

    #[test]
    fn while_a_secret_is_exchanged_either_side_of_it_is_good() {
        let now = Timestamp::from_second(1_700_000_000).expect("a time");
        let (old, new) = (secret(SECRET), secret("another secret of that length"));
        let both = [&new, &old].map(|secret| secret.sign("1", "1700000000", b"{}")).join(" ");
        assert!([&old, &new].iter().all(|secret| secret.vouches_for("1", "1700000000", b"{}", &both, now)));
        assert!(!secret("nobody's secret of that length").vouches_for("1", "1700000000", b"{}", &both, now));
    }

    #[test]
    fn a_secret_that_can_be_guessed_is_none() {
        for text in ["", "short", "whsec_c2hvcnQ=", "whsec_no base64 but long enough to be a secret"] {
            assert!(SigningSecret::parse(text).is_none(), "{text}");
        }
        assert!(!format!("{:?}", secret(SECRET)).contains("twenty-four"));
    }
}
