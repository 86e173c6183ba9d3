//! When an event that was not handed on is tried again.

use jiff::{SignedDuration, Timestamp};

use crate::relay::PublishError;

/// Pauses that double from try to try, and how often a refusal is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retries {
    /// Pause after the first failure.
    pub first: SignedDuration,
    /// Longest pause.
    pub most: SignedDuration,
    /// The refusal with this number, counting every failure of the event, makes a dead letter of it.
    pub tries: u32,
}

impl Default for Retries {
    /// A second to five minutes, twelve tries: some twenty minutes until a refused event is a dead letter.
    fn default() -> Self {
        Self { first: SignedDuration::from_secs(1), most: SignedDuration::from_mins(5), tries: 12 }
    }
}

impl Retries {
    /// The pause after `failures` failures; at least one.
    pub fn pause(&self, failures: u32) -> SignedDuration {
        // 2^20 times any pause is longer than anybody wants to wait.
        let doubled = 1_i32 << failures.saturating_sub(1).min(20);
        self.first.checked_mul(doubled).map_or(self.most, |pause| pause.min(self.most))
    }

    /// When an event that has failed `before` times and now once more is tried again; `None` makes a dead letter of it.
    pub fn again(&self, error: &PublishError, before: u32, now: Timestamp) -> Option<Timestamp> {
        let failures = before.saturating_add(1);
        let given_up = matches!(error, PublishError::Refused(_)) && failures >= self.tries;
        (!given_up).then(|| now.saturating_add(self.pause(failures)).unwrap_or(Timestamp::MAX))
    }
}

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};

    use super::Retries;
    use crate::relay::PublishError;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let retries = Retries::default();
        let pauses: Vec<i64> = [1, 2, 3, 9, 10, u32::MAX].map(|n| retries.pause(n).as_secs()).to_vec();
        assert_eq!(pauses, [1, 2, 4, 256, 300, 300]);
    }

    #[test]
    fn a_refused_event_is_a_dead_letter_at_the_last_try_and_not_before() {
        let (retries, refused) = (Retries { tries: 3, ..Retries::default() }, PublishError::Refused("too long".into()));
        let pause = |secs| Some(NOW + SignedDuration::from_secs(secs));
        assert_eq!([0, 1, 2].map(|before| retries.again(&refused, before, NOW)), [pause(1), pause(2), None]);
    }

    #[test]
    fn a_broker_that_is_away_for_a_week_makes_no_dead_letter() {
        let away = PublishError::Unavailable("no connection".into());
        assert!(Retries::default().again(&away, u32::MAX, NOW).is_some());
    }
}
