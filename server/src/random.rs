//! Randomness of the process: what ids and cookies are made of.

use std::sync::Arc;

use access::Randomness;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::TryRngCore;
use rand::rngs::OsRng;

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        OsRng.try_fill_bytes(bytes).expect("a system without randomness can keep no secret, so nothing may go on");
    }
}

/// Makes opaque values.
#[derive(Clone)]
pub struct Opaque(pub Arc<dyn Randomness>);

impl Opaque {
    /// 128 random bits.
    pub fn bits(&self) -> [u8; 16] {
        let mut bits = [0; 16];
        self.0.fill(&mut bits);
        bits
    }

    /// 256 random bits as text that fits a cookie and an address.
    pub fn text(&self) -> String {
        let mut bits = [0; 32];
        self.0.fill(&mut bits);
        URL_SAFE_NO_PAD.encode(bits)
    }
}
