//! What a fragment compares: the same content has the same number.

use std::fmt::{Debug, Write};

/// A number for content; equal content gives equal numbers in every process (FNV-1a, 64 bits).
pub fn fingerprint(content: &impl Debug) -> String {
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    // Writing into a number cannot fail.
    let _ = write!(hash, "{content:?}");
    format!("{:x}", hash.0)
}

struct Fnv(u64);

impl Write for Fnv {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        for byte in text.bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        Ok(())
    }
}
