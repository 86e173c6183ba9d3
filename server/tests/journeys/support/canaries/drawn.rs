//! Randomness that remembers what it gave.

use std::sync::{Arc, Mutex, PoisonError};

use access::Randomness;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use server::SystemRandomness;

/// Secrets are made of so many bytes or more; ids, which stand in addresses, of fewer.
const BYTES_OF_A_SECRET: usize = 32;

/// The system's randomness, and all secrets that were made of it.
#[derive(Clone, Default)]
pub struct Drawn(Arc<Mutex<Vec<Vec<u8>>>>);

impl Drawn {
    /// Each secret as text, which is how cookies and states are written, and as it was drawn.
    pub fn list(&self) -> Vec<(String, Vec<u8>)> {
        let drawn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.iter().map(|bits| (URL_SAFE_NO_PAD.encode(bits), bits.clone())).collect()
    }
}

impl Randomness for Drawn {
    fn fill(&self, bytes: &mut [u8]) {
        SystemRandomness.fill(bytes);
        if bytes.len() >= BYTES_OF_A_SECRET {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).push(bytes.to_vec());
        }
    }
}
