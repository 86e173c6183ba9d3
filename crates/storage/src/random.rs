//! Randomness, handed in.

use rand::TryRngCore;
use rand::rngs::OsRng;

/// Gives random bytes; tests hand in one that repeats.
pub trait Random: Send + Sync {
    /// Fills the bytes. They make keys, nonces and ids, so they must come from a cryptographic generator.
    fn fill(&self, bytes: &mut [u8]);
}

/// The operating system's generator.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        OsRng.try_fill_bytes(bytes).expect("a system without randomness can keep no secret, so nothing may go on");
    }
}
