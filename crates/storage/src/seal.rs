//! Sealing: what a copy of the database must not reveal.
//!
//! XChaCha20-Poly1305 with a random nonce. Table and row are associated data, so a sealed value that was moved to another
//! row does not open there: one session's token can not become another's by an `UPDATE`.
//!
//! Layout: format (1 byte) · key id (4) · nonce (24) · cipher text and tag.

use std::sync::Arc;

use access::Randomness;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

use crate::key::{Key, SealingKey};

const FORMAT: u8 = 1;
const KEY_ID: std::ops::Range<usize> = 1..5;
const NONCE: std::ops::Range<usize> = 5..29;

/// Seals and opens values of rows.
#[derive(Clone)]
pub struct Sealer {
    key: Arc<SealingKey>,
    random: Arc<dyn Randomness>,
}

/// Where a sealed value stands.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Table.
    pub table: &'static str,
    /// Primary key of the row, each part of it.
    pub row: &'a [&'a [u8]],
}

/// Why a sealed value does not open.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Too short or of another format.
    #[error("a value of table {table} is not a sealed one")]
    NotSealed {
        /// The table.
        table: &'static str,
    },
    /// Sealed by a key that is not in the key file.
    #[error("a value of table {table} was sealed by a key that the sealing key file does not hold; put that key back")]
    UnknownKey {
        /// The table.
        table: &'static str,
    },
    /// Changed, or moved here from another row.
    #[error("a sealed value of table {table} was changed or moved")]
    Tampered {
        /// The table.
        table: &'static str,
    },
}

impl Sealer {
    /// Makes a sealer; nonces come from `random`.
    pub fn new(key: SealingKey, random: Arc<dyn Randomness>) -> Self {
        Self { key: Arc::new(key), random }
    }

    /// Seals a value for one place.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Vec<u8> {
        let key = &self.key.current;
        let mut nonce = [0; 24];
        self.random.fill(&mut nonce);
        let payload = Payload { msg: plain, aad: &place.to_bytes() };
        let cipher_text = cipher(key).encrypt(XNonce::from_slice(&nonce), payload);
        let cipher_text = cipher_text.expect("only values of 256 GiB and more can not be sealed");
        [&[FORMAT], &key.id[..], &nonce, &cipher_text].concat()
    }

    /// Opens what was sealed for this place.
    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let table = place.table;
        let (Some(&FORMAT), Some(id), Some(nonce)) = (sealed.first(), sealed.get(KEY_ID), sealed.get(NONCE)) else {
            return Err(SealError::NotSealed { table });
        };
        let mut keys = std::iter::once(&self.key.current).chain(&self.key.former);
        let key = keys.find(|key| key.id == id).ok_or(SealError::UnknownKey { table })?;
        let payload = Payload { msg: &sealed[NONCE.end..], aad: &place.to_bytes() };
        let plain = cipher(key).decrypt(XNonce::from_slice(nonce), payload);
        plain.map(Zeroizing::new).map_err(|_| SealError::Tampered { table })
    }

    /// The same with another key.
    pub(crate) fn with_key(&self, key: SealingKey) -> Self {
        Self { key: Arc::new(key), random: self.random.clone() }
    }

    /// False for what a former key has sealed.
    pub(crate) fn is_sealed_by_current(&self, sealed: &[u8]) -> bool {
        sealed.get(KEY_ID).is_some_and(|id| id == self.key.current.id)
    }

    pub(crate) fn randomness(&self) -> &dyn Randomness {
        self.random.as_ref()
    }
}

impl Place<'_> {
    /// Every part with its length before it, so that no two places read the same.
    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in std::iter::once(self.table.as_bytes()).chain(self.row.iter().copied()) {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

fn cipher(key: &Key) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new((&key.bytes).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::SystemRandom;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(SealingKey::from_bytes([byte; 32]), Arc::new(SystemRandom))
    }

    const HERE: Place<'_> = Place { table: "launch", row: &[b"a"] };

    #[test]
    fn a_value_opens_only_where_it_was_sealed_for() {
        let sealer = sealer(1);
        let sealed = sealer.seal(HERE, b"token");
        assert_eq!(sealer.open(HERE, &sealed).expect("works").as_slice(), b"token");
        let elsewhere = [
            Place { table: "launch", row: &[b"b"] },
            Place { table: "source_grant", row: &[b"a"] },
            Place { table: "launch", row: &[b"a", b""] },
        ];
        for place in elsewhere {
            assert_eq!(sealer.open(place, &sealed), Err(SealError::Tampered { table: place.table }));
        }
    }

    #[test]
    fn a_key_that_left_the_file_is_named_as_the_reason() {
        let sealed = sealer(1).seal(HERE, b"token");
        assert_eq!(sealer(2).open(HERE, &sealed), Err(SealError::UnknownKey { table: "launch" }));
    }

    #[test]
    fn after_a_rotation_the_former_key_still_opens_and_the_new_one_seals() {
        let (former, new) = (SealingKey::from_bytes([1; 32]), SealingKey::from_bytes([2; 32]));
        let sealed = sealer(1).seal(HERE, b"token");
        let rotated = Sealer::new(new.with_former(&former), Arc::new(SystemRandom));
        assert_eq!(rotated.open(HERE, &sealed).expect("works").as_slice(), b"token");
        assert_eq!(sealer(2).open(HERE, &rotated.seal(HERE, b"new")).expect("works").as_slice(), b"new");
    }

    proptest! {
        #[test]
        fn any_changed_byte_is_noticed(plain in proptest::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), bit in 0..8u8) {
            let sealer = sealer(1);
            let mut sealed = sealer.seal(HERE, &plain);
            let opened = sealer.open(HERE, &sealed).expect("works");
            prop_assert_eq!(opened.as_slice(), &plain);
            let at = at.index(sealed.len());
            sealed[at] ^= 1 << bit;
            prop_assert!(sealer.open(HERE, &sealed).is_err());
        }

        #[test]
        fn anything_else_is_refused_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..100)) {
            prop_assert!(sealer(1).open(HERE, &bytes).is_err());
        }
    }
}
