//! What the tests of this crate share.

use access::Randomness;
use rand::TryRngCore;

/// The machine's generator.
pub(crate) struct SystemRandom;

impl Randomness for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rngs::OsRng.try_fill_bytes(bytes).expect("the machine has randomness");
    }
}
