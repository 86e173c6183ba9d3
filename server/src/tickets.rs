//! Answers to forms that were posted without script, kept until the page is drawn again.
//!
//! The ticket in the address is random and good for one launch; the answer and what had been typed stay here, so neither
//! an address nor a log holds them. They are kept for the form's own time only: the newest of a launch, for ten minutes.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use access::LaunchId;
use app::desk::Answer;
use jiff::{SignedDuration, Timestamp};

const LIFE: SignedDuration = SignedDuration::from_mins(10);
const PER_LAUNCH: usize = 8;

/// Answers waiting for their page.
#[derive(Default)]
pub struct Tickets {
    kept: Mutex<HashMap<LaunchId, VecDeque<Kept>>>,
}

struct Kept {
    ticket: String,
    until: Timestamp,
    answer: Answer,
}

impl Tickets {
    /// Keeps an answer under a ticket.
    pub fn put(&self, launch: &LaunchId, ticket: String, answer: Answer, now: Timestamp) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, answers| {
            answers.retain(|answer| answer.until > now);
            !answers.is_empty()
        });
        let answers = kept.entry(launch.clone()).or_default();
        if answers.len() == PER_LAUNCH {
            answers.pop_front();
        }
        answers.push_back(Kept { ticket, until: now.saturating_add(LIFE).unwrap_or(now), answer });
    }

    /// Finds the answer; a reload finds it again.
    pub fn lookup(&self, launch: &LaunchId, ticket: &str, now: Timestamp) -> Option<Answer> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let answers = kept.get(launch)?;
        answers.iter().find(|kept| kept.ticket == ticket && kept.until > now).map(|kept| kept.answer.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    #[test]
    fn a_ticket_is_good_for_its_launch_and_for_ten_minutes() {
        let (mine, other) = (LaunchId::from_random([1; 16]), LaunchId::from_random([2; 16]));
        let tickets = Tickets::default();
        tickets.put(
            &mine,
            "t".into(),
            Answer { function: "save_goal".into(), ..Answer::default() },
            time("2026-11-21T10:00:00Z"),
        );
        assert!(tickets.lookup(&mine, "t", time("2026-11-21T10:09:00Z")).is_some());
        assert!(tickets.lookup(&other, "t", time("2026-11-21T10:09:00Z")).is_none());
        assert!(tickets.lookup(&mine, "t", time("2026-11-21T10:11:00Z")).is_none());
    }

    #[test]
    fn a_launch_keeps_only_its_newest_answers() {
        let (launch, now) = (LaunchId::from_random([1; 16]), time("2026-11-21T10:00:00Z"));
        let tickets = Tickets::default();
        for number in 0..20 {
            tickets.put(&launch, number.to_string(), Answer::default(), now);
        }
        assert!(tickets.lookup(&launch, "11", now).is_none());
        assert!(tickets.lookup(&launch, "12", now).is_some());
    }
}
