//! Values that must never be seen.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// A token, a client secret, a verifier: no `Debug` of its content, no `Display`, no `Serialize`; wiped when dropped.
///
/// Whoever needs the text says so by [`Secret::expose`], which makes the places easy to find.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// Takes the text into custody.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one request or the one seal that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_does_not_show_in_debug_output() {
        assert_eq!(format!("{:?}", Secret::new("canary")), "Secret(…)");
    }
}
