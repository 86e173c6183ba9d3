//! How long and how large an answer may be.

use std::time::Duration;

/// The longest time to look up the name, connect and greet; the same for all requests.
pub(crate) const CONNECT: Duration = Duration::from_secs(3);

/// How long and how large the answer to one request may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// From the start of the request to the head of the answer, connecting included.
    pub first_byte: Duration,
    /// From the start of the request to the last byte of the answer.
    pub whole: Duration,
    /// Bytes of the body after decompression; a compressed body may not be longer either.
    pub body_bytes: usize,
    /// How many times longer than on the wire a body may become, once it is longer than 1 MiB.
    ///
    /// Record data compresses to a tenth or a twentieth; a thousandth is a trap.
    pub ratio: usize,
}

impl Limits {
    /// For one resource: 8 MiB.
    pub const RESOURCE: Self =
        Self { first_byte: Duration::from_secs(10), whole: Duration::from_secs(20), body_bytes: 8 * MIB, ratio: 100 };
    /// For a page of a search: 32 MiB.
    pub const PAGE: Self = Self { body_bytes: 32 * MIB, ..Self::RESOURCE };
    /// For a discovery document, a key set or a token answer: 256 KiB.
    pub const DISCOVERY: Self = Self { body_bytes: 256 * 1024, ..Self::RESOURCE };
}

impl Default for Limits {
    fn default() -> Self {
        Self::PAGE
    }
}

pub(crate) const MIB: usize = 1024 * 1024;
