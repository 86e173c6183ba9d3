//! Limits by action and key.

use access::rate::{Action, Buckets, Limit, Limits, address_key};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(1_795_000_000_000 + milliseconds).unwrap()
}

const LIMIT: Limit = Limit { at_once: 3, every: SignedDuration::from_secs(1) };

#[test]
fn so_many_at_once_and_then_one_each_time() {
    let mut buckets = Buckets::new(LIMIT, 10);
    for _ in 0..3 {
        assert!(buckets.take("a", at(0)).is_ok());
    }
    assert_eq!(buckets.take("a", at(400)).unwrap_err().retry_after, SignedDuration::from_millis(600));
    // What was refused cost nothing: waiting as told is enough.
    assert!(buckets.take("a", at(1000)).is_ok());
    assert!(buckets.take("a", at(1000)).is_err());
    assert!(buckets.take("b", at(1000)).is_ok(), "another key has its own bucket");
}

#[test]
fn a_clock_that_goes_back_gives_nothing_away() {
    let mut buckets = Buckets::new(LIMIT, 10);
    for _ in 0..3 {
        buckets.take("a", at(60_000)).unwrap();
    }
    assert!(buckets.take("a", at(0)).is_err());
}

#[test]
fn what_one_key_may_not_do_counts_against_nobody_else() {
    let limits = Limits::new(10);
    let refused = (0..10_000).filter(|_| limits.check(Action::Launch, "flood", at(0)).is_err()).count();
    assert_eq!(refused, 10_000 - Action::Launch.limit().at_once as usize);
    assert!(limits.check(Action::Launch, "clinic", at(0)).is_ok());
    assert!(limits.check(Action::Callback, "flood", at(0)).is_ok(), "each action has its own");
}

#[test]
fn many_addresses_together_are_limited_too() {
    let limits = Limits::new(100);
    let taken = (0..10_000).filter(|n| limits.check(Action::Launch, &n.to_string(), at(0)).is_ok()).count();
    assert_eq!(taken, Action::Launch.limit_of_all().at_once as usize);
}

#[test]
fn an_address_counts_as_what_one_customer_has() {
    let key = |text: &str| address_key(text.parse().unwrap());
    assert_eq!(key("192.0.2.7"), "192.0.2.7");
    assert_eq!(key("::ffff:192.0.2.7"), "192.0.2.7");
    assert_eq!(key("2001:db8:1:2:3:4:5:6"), key("2001:db8:1:2:ffff::1"));
    assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
}

proptest! {
    /// In any stretch of time no more pass than the bucket holds and gains in it.
    #[test]
    fn no_more_pass_than_the_limit_says(steps in proptest::collection::vec(0..1500i64, 1..200), at_once in 1..6u32) {
        let mut buckets = Buckets::new(Limit { at_once, ..LIMIT }, 2);
        let mut now = 0;
        let mut passed = Vec::new();
        for step in steps {
            now += step;
            if buckets.take("a", at(now)).is_ok() {
                passed.push(now);
            }
        }
        for (first, from) in passed.iter().enumerate() {
            for (last, to) in passed.iter().enumerate().skip(first) {
                let most = i64::from(at_once) + (to - from) / 1000;
                prop_assert!((last - first + 1) as i64 <= most);
            }
        }
    }

    #[test]
    fn whoever_waits_as_told_passes(steps in proptest::collection::vec(0..500i64, 1..100)) {
        let mut buckets = Buckets::new(LIMIT, 2);
        let mut now = at(0);
        for step in steps {
            now += SignedDuration::from_millis(step);
            if let Err(refused) = buckets.take("a", now) {
                prop_assert!(refused.retry_after > SignedDuration::ZERO);
                now += refused.retry_after;
                prop_assert!(buckets.take("a", now).is_ok());
            }
        }
    }

    #[test]
    fn memory_is_bounded_and_the_longest_unused_goes(keys in proptest::collection::vec(0..50u8, 1..200), most in 1..20usize) {
        let mut buckets = Buckets::new(Limit { at_once: 1, ..LIMIT }, most);
        for key in &keys {
            let _ = buckets.take(&key.to_string(), at(0));
            prop_assert!(buckets.len() <= most);
        }
        // The one that passed last is still held.
        let last = keys.iter().rev().find(|key| buckets.take(&key.to_string(), at(0)).is_err());
        prop_assert!(last.is_some());
    }
}
