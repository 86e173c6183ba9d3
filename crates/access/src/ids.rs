//! Identifiers with kinds, so that one does not fit where another is expected.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// An organisation that runs Accord, as the configuration calls it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct TenantId(pub Arc<str>);

impl TenantId {
    /// Makes the id from its text.
    pub fn new(text: impl Into<Arc<str>>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes an id of 128 random bits, written as 32 lower-case hex digits.
macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(std::sync::Arc<str>);

        impl $name {
            /// Makes an id from random bits that were handed in.
            pub fn from_random(bits: [u8; 16]) -> Self {
                Self($crate::ids::hex::of(bits))
            }

            /// Reads the id from foreign text; anything but 32 lower-case hex digits is none.
            pub fn parse(text: &str) -> Option<Self> {
                $crate::ids::hex::parse(text).map(Self)
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}
pub(crate) use random_id;

random_id! {
    /// A launch, as it stands in the path: 128 random bits as 32 lower-case hex digits.
    LaunchId
}

/// SHA-256 of a session cookie's value: what the store knows, so that its content opens no session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SessionHash(pub [u8; 32]);

/// 128 random bits as text, in one form only.
pub(crate) mod hex {
    use std::sync::Arc;

    pub(crate) fn of(bits: [u8; 16]) -> Arc<str> {
        bits.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into()
    }

    pub(crate) fn parse(text: &str) -> Option<Arc<str>> {
        let fine = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        fine.then(|| text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::LaunchId;

    #[test]
    fn only_32_lower_case_hex_digits_are_a_launch_id() {
        let id = LaunchId::from_random([0xab; 16]);
        assert_eq!(LaunchId::parse(id.as_str()), Some(id));
        for text in [
            "",
            "abc",
            "../../../../../../../../../../etc",
            "ABABABABABABABABABABABABABABABAB",
            "abababababababababababababababab0",
        ] {
            assert_eq!(LaunchId::parse(text), None, "{text}");
        }
    }
}
