//! Randomness to hand in: the system's, and one for tests.

use std::sync::Mutex;

use access::Randomness;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{RngCore, SeedableRng, rngs::StdRng};

/// Makes an opaque value of 256 bits that fits into a URL: a code, a token, a launch id.
pub(crate) fn opaque(random: &dyn Randomness) -> String {
    let mut bytes = [0_u8; 32];
    random.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The operating system's random generator, by way of a generator per thread.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemRandom;

impl Randomness for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) {
        rand::rng().fill_bytes(bytes);
    }
}

/// A generator that gives the same bytes for the same seed. For tests only: its tokens can be guessed.
#[derive(Debug)]
pub struct SeededRandom(Mutex<StdRng>);

impl SeededRandom {
    /// Starts the generator at a seed.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Randomness for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().expect("filling a slice does not panic").fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::{SeededRandom, SystemRandom, opaque};

    #[test]
    fn one_seed_gives_the_same_values_in_every_run() {
        let (a, b) = (SeededRandom::new(7), SeededRandom::new(7));
        assert_eq!([opaque(&a), opaque(&a)], [opaque(&b), opaque(&b)]);
    }

    #[test]
    fn opaque_values_differ_and_need_no_escaping_in_a_url() {
        let (one, other) = (opaque(&SystemRandom), opaque(&SystemRandom));
        assert_ne!(one, other);
        assert_eq!(one.len(), 43);
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    }
}
