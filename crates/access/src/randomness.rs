//! Randomness, handed in.

/// Gives random bytes fit for secrets; tests hand in one that repeats itself.
///
/// The machine's own source is plugged in by the program that runs, so that no library below it draws its own.
pub trait Randomness: Send + Sync {
    /// Fills the bytes.
    fn fill(&self, bytes: &mut [u8]);
}
