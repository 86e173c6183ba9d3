//! Tokens that were admitted lately: whose they are goes on, whatever else comes from the same address.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::Asking;

/// Marks that are kept twice over at most.
const MOST: usize = 10_000;

/// Marks of the tokens that were admitted lately. They admit nobody: each token is verified every time.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<Generations>);

#[derive(Debug, Default)]
struct Generations {
    young: HashSet<[u8; 32]>,
    old: HashSet<[u8; 32]>,
}

impl Known {
    /// It was admitted.
    pub(super) fn learn(&self, asking: &Asking) {
        let Some(mark) = mark(asking) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.young.len() >= MOST {
            known.old = std::mem::take(&mut known.young);
        }
        known.young.insert(mark);
    }

    /// It was refused, though it had been admitted: it has ended.
    pub(super) fn forget(&self, asking: &Asking) {
        let Some(mark) = mark(asking) else { return };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.young.remove(&mark);
        known.old.remove(&mark);
    }

    /// True where it was admitted lately.
    pub(super) fn knows(&self, asking: &Asking) -> bool {
        let Some(mark) = mark(asking) else { return false };
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.young.contains(&mark) || known.old.contains(&mark)
    }
}

fn mark(asking: &Asking) -> Option<[u8; 32]> {
    asking.authorization.as_ref().map(|said| Sha256::digest(said.as_bytes()).into())
}
