//! How many retries a server is given in all (smart-launch F4).
//!
//! A server in trouble gets as many requests as it has users, and three times as many where each of them is made again
//! twice. The budget ends that: one retry for ten requests, whoever makes them.

use std::sync::{Mutex, PoisonError};

/// What one retry costs, in requests.
const PRICE: u32 = 10;
/// Retries that are saved up at most, and that a server begins with: one record is about twenty requests, which would
/// earn two.
const SAVED: u32 = 10;

/// The retries that one server may still be given.
#[derive(Debug)]
pub(crate) struct Budget {
    requests: Mutex<u32>,
}

impl Default for Budget {
    fn default() -> Self {
        Self { requests: Mutex::new(SAVED * PRICE) }
    }
}

impl Budget {
    /// Counts a request that is no retry.
    pub(crate) fn earn(&self) {
        self.change(|requests| *requests = (*requests + 1).min(SAVED * PRICE));
    }

    /// Takes a retry; false where there is none left.
    pub(crate) fn spend(&self) -> bool {
        self.change(|requests| match requests.checked_sub(PRICE) {
            Some(rest) => {
                *requests = rest;
                true
            }
            None => false,
        })
    }

    fn change<T>(&self, change: impl FnOnce(&mut u32) -> T) -> T {
        change(&mut self.requests.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn f4_a_server_begins_with_ten_retries_and_earns_one_by_ten_requests() {
        let budget = Budget::default();
        assert_eq!((0..100).filter(|_| budget.spend()).count(), 10);
        (0..9).for_each(|_| budget.earn());
        assert!(!budget.spend());
        budget.earn();
        assert!(budget.spend() && !budget.spend());
    }

    proptest! {
        #[test]
        fn f4_beyond_the_first_ten_retries_are_a_tenth_of_the_requests(asks in prop::collection::vec(any::<bool>(), 0..500)) {
            let budget = Budget::default();
            let (mut requests, mut retries) = (0, 0);
            for retry in asks {
                if retry {
                    retries += usize::from(budget.spend());
                } else {
                    requests += 1;
                    budget.earn();
                }
            }
            prop_assert!(retries <= 10 + requests / 10, "{} retries of {} requests", retries, requests);
        }
    }
}
