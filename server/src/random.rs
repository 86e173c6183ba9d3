//! Randomness of the process: what ids and cookies are made of.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use storage::Random;

/// Makes opaque values.
#[derive(Clone)]
pub struct Opaque(pub Arc<dyn Random>);

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
