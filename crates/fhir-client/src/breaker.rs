//! A server that fails too often is left alone for a while (smart-launch F4).
//!
//! Only what F4 makes again counts as a failure: no connection, no answer, and the states that pass. A server that
//! answers each search for one type with an error 500 is in order for all others.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use access::Clock;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::Notify;

use crate::Reason;

/// Answers that must be in before they are judged.
const ENOUGH: usize = 20;
/// Answers that are kept at most.
const KEPT: usize = 100;
/// An answer is judged for so long.
const REMEMBERED: SignedDuration = SignedDuration::from_secs(60);
/// A server is left alone for so long.
const REST: SignedDuration = SignedDuration::from_secs(15);

/// Lets requests to one server pass, or not.
#[derive(Debug)]
pub(crate) struct Breaker {
    state: Mutex<State>,
    /// Rings when a trial has ended, in whatever way.
    tried: Notify,
}

/// What a request finds that wants to pass.
enum Looked<'a> {
    Passes(Pass<'a>),
    /// Another one is finding out whether the server is back.
    Waits,
    Rests(Reason),
}

#[derive(Debug)]
enum State {
    /// Requests pass; whether the newest of them failed, and when.
    Closed(VecDeque<(Timestamp, bool)>),
    /// None passes until the rest is over, and then one.
    Open { since: Timestamp, after: Reason, trying: bool },
}

/// A request that may be made. One that is dropped without an answer tells nothing.
#[derive(Debug)]
pub(crate) struct Pass<'a> {
    breaker: &'a Breaker,
    /// The one request by which it is found out whether an open server is back.
    is_trial: bool,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { state: Mutex::new(State::Closed(VecDeque::new())), tried: Notify::new() }
    }
}

impl Breaker {
    /// Lets a request pass, or says what the server has failed with. While one request finds out whether the server is
    /// back, the others wait for what it finds: a record is read by many at once, and all of them are wanted.
    pub(crate) async fn enter(&self, clock: &dyn Clock) -> Result<Pass<'_>, Reason> {
        loop {
            let tried = self.tried.notified();
            tokio::pin!(tried);
            tried.as_mut().enable();
            match self.look(clock.now()) {
                Looked::Passes(pass) => return Ok(pass),
                Looked::Rests(after) => return Err(after),
                Looked::Waits => tried.await,
            }
        }
    }

    /// Lets the next request try whether the server is back, though its rest is not over: somebody asks for it.
    pub(crate) fn end_rest(&self) {
        if let State::Open { since, .. } = &mut *self.state() {
            *since = Timestamp::MIN;
        }
    }

    fn look(&self, now: Timestamp) -> Looked<'_> {
        match &mut *self.state() {
            State::Closed(_) => Looked::Passes(Pass { breaker: self, is_trial: false }),
            State::Open { since, after, .. } if now.duration_since(*since) < REST => Looked::Rests(after.clone()),
            State::Open { trying: true, .. } => Looked::Waits,
            State::Open { trying, .. } => {
                *trying = true;
                Looked::Passes(Pass { breaker: self, is_trial: true })
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pass<'_> {
    /// Tells what the request ended with: a failure of the server, or anything else.
    pub(crate) fn ended(self, failure: Option<Reason>, now: Timestamp) {
        let mut state = self.breaker.state();
        match (&mut *state, failure) {
            (State::Closed(answers), failure) => {
                answers.push_back((now, failure.is_some()));
                answers.retain(|(then, _)| now.duration_since(*then) <= REMEMBERED);
                answers.drain(..answers.len().saturating_sub(KEPT));
                let failed = answers.iter().filter(|(_, failed)| *failed).count();
                if let Some(after) = failure.filter(|_| answers.len() >= ENOUGH && failed * 2 >= answers.len()) {
                    *state = State::Open { since: now, after, trying: false };
                }
            }
            (State::Open { .. }, None) if self.is_trial => *state = State::Closed(VecDeque::new()),
            (State::Open { since, after, .. }, Some(why)) if self.is_trial => (*since, *after) = (now, why),
            // Was on its way when the others failed.
            (State::Open { .. }, _) => {}
        }
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if self.is_trial
            && let State::Open { trying, .. } = &mut *self.breaker.state()
        {
            *trying = false;
        }
        if self.is_trial {
            self.breaker.tried.notify_waiters();
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use futures::FutureExt;
    use proptest::prelude::*;

    use super::*;

    impl Breaker {
        fn enter_at(&self, now: Timestamp) -> Result<Pass<'_>, Reason> {
            match self.look(now) {
                Looked::Passes(pass) => Ok(pass),
                Looked::Waits => Err(Reason::Unreachable),
                Looked::Rests(after) => Err(after),
            }
        }
    }

    struct At(i64);

    impl Clock for At {
        fn now(&self) -> Timestamp {
            at(self.0)
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn down() -> Option<Reason> {
        Some(Reason::Http(503))
    }

    fn asked(breaker: &Breaker, failures: usize, successes: usize) {
        for failure in std::iter::repeat_n(None, successes).chain(std::iter::repeat_n(down(), failures)) {
            breaker.enter_at(at(0)).unwrap().ended(failure, at(0));
        }
    }

    #[test]
    fn f4_a_server_that_fails_half_of_twenty_is_left_alone_and_the_reason_kept() {
        let breaker = Breaker::default();
        asked(&breaker, 9, 10);
        breaker.enter_at(at(0)).unwrap().ended(down(), at(0));
        assert_eq!(breaker.enter_at(at(14)).unwrap_err(), Reason::Http(503));
    }

    #[test]
    fn f4_fewer_than_twenty_or_fewer_than_half_change_nothing() {
        for (failures, successes) in [(19, 0), (9, 11), (40, 41)] {
            let breaker = Breaker::default();
            asked(&breaker, failures, successes);
            assert!(breaker.enter_at(at(0)).is_ok(), "{failures} of {}", failures + successes);
        }
    }

    #[test]
    fn f4_after_fifteen_seconds_one_request_tries_and_decides() {
        let breaker = Breaker::default();
        asked(&breaker, 20, 0);
        let trial = breaker.enter_at(at(15)).unwrap();
        assert!(breaker.enter_at(at(15)).is_err(), "one request tries, not all");
        trial.ended(Some(Reason::TimedOut), at(16));
        assert_eq!(breaker.enter_at(at(30)).unwrap_err(), Reason::TimedOut);
        breaker.enter_at(at(31)).unwrap().ended(None, at(31));
        asked(&breaker, 19, 0);
        assert!(breaker.enter_at(at(31)).is_ok(), "what was before is forgotten");
    }

    #[test]
    fn f4_while_one_tries_the_others_wait_and_pass_when_the_server_is_back() {
        for (failure, back) in [(None, true), (down(), false)] {
            let breaker = Breaker::default();
            asked(&breaker, 20, 0);
            let trial = breaker.enter(&At(15)).now_or_never().unwrap().unwrap();
            let mut waits = std::pin::pin!(breaker.enter(&At(15)));
            assert!(waits.as_mut().now_or_never().is_none(), "one request tries, not all");
            trial.ended(failure, at(15));
            assert_eq!(waits.now_or_never().unwrap().is_ok(), back);
        }
    }

    #[test]
    fn f4_who_asks_for_it_need_not_wait_for_the_rest_to_be_over() {
        let breaker = Breaker::default();
        asked(&breaker, 20, 0);
        assert!(breaker.enter_at(at(1)).is_err());
        breaker.end_rest();
        breaker.enter_at(at(1)).unwrap().ended(down(), at(1));
        assert!(breaker.enter_at(at(2)).is_err(), "one request tried, and the rest begins anew");
    }

    #[test]
    fn f4_a_trial_that_nobody_waited_for_leaves_room_for_another() {
        let breaker = Breaker::default();
        asked(&breaker, 20, 0);
        drop(breaker.enter_at(at(15)).unwrap());
        assert!(breaker.enter_at(at(15)).is_ok());
    }

    #[test]
    fn f4_what_was_on_its_way_when_the_others_failed_decides_nothing() {
        let breaker = Breaker::default();
        let (early, late) = (breaker.enter_at(at(0)).unwrap(), breaker.enter_at(at(0)).unwrap());
        asked(&breaker, 20, 0);
        early.ended(None, at(1));
        late.ended(down(), at(14));
        assert!(breaker.enter_at(at(14)).is_err() && breaker.enter_at(at(15)).is_ok());
    }

    #[test]
    fn f4_failures_of_more_than_a_minute_ago_count_no_more() {
        let breaker = Breaker::default();
        asked(&breaker, 19, 0);
        breaker.enter_at(at(61)).unwrap().ended(down(), at(61));
        assert!(breaker.enter_at(at(61)).is_ok());
    }

    proptest! {
        #[test]
        fn f4_a_server_that_mostly_answers_is_never_left_alone(answers in prop::collection::vec(0u8..5, 0..300)) {
            let breaker = Breaker::default();
            // Never two failures in a row, after as many good answers as are judged.
            asked(&breaker, 0, ENOUGH);
            for good in answers {
                breaker.enter_at(at(0)).unwrap().ended(down(), at(0));
                (0..=good).for_each(|_| breaker.enter_at(at(0)).unwrap().ended(None, at(0)));
            }
            prop_assert!(breaker.enter_at(at(0)).is_ok());
        }
    }
}
