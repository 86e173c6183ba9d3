//! A finding made smaller, for whoever has to read it.

use crate::Target;
use crate::campaign::answer;

/// Tries at most so often; an input that is not smallest is a finding all the same.
const TRIES: usize = 5_000;

/// Leaves out whatever can be left out while the target still panics.
pub fn shrink(target: &Target, input: Vec<u8>) -> Vec<u8> {
    let mut smallest = input;
    let mut tries = 0;
    let mut piece = smallest.len().div_ceil(2);
    while piece > 0 && tries < TRIES {
        let mut at = 0;
        while at < smallest.len() && tries < TRIES {
            let mut shorter = smallest[..at].to_vec();
            shorter.extend_from_slice(smallest.get(at + piece..).unwrap_or_default());
            tries += 1;
            if answer(target, &shorter).is_err() {
                smallest = shorter;
            } else {
                at += piece;
            }
        }
        piece /= 2;
    }
    smallest
}
