//! What operators see of the outbox and do about it: `/metrics` and commands call these.

use access::StoreError;
use jiff::{SignedDuration, Timestamp};
use shared_plan::ports::{Backlog, DeadLetter, Outbox};

/// How full the outbox is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Events that wait.
    pub waiting: u64,
    /// For how long the oldest of them has; zero where none waits. An alarm belongs here.
    pub oldest: SignedDuration,
    /// Events whose document is in doubt. They wait for somebody to say whose it is, and for no broker.
    pub in_doubt: u64,
    /// Events behind a dead letter of their document.
    pub held_back: u64,
    /// Dead letters. An alarm belongs here: each holds back its document.
    pub dead: u64,
}

impl Figures {
    /// The figures as lines for Prometheus.
    pub fn lines(&self) -> String {
        let mut lines = String::new();
        for (name, help, value) in [
            ("accord_outbox_waiting", "Events that wait to be handed on.", self.waiting.to_string()),
            ("accord_outbox_oldest_seconds", "Age of the oldest event that waits.", self.oldest.as_secs().to_string()),
            (
                "accord_outbox_in_doubt",
                "Events of which nobody is told before it is said whose they are.",
                self.in_doubt.to_string(),
            ),
            ("accord_outbox_held_back", "Events behind one that could not be handed on.", self.held_back.to_string()),
            ("accord_outbox_dead", "Events that could not be handed on.", self.dead.to_string()),
        ] {
            lines.push_str(&format!("# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"));
        }
        lines
    }
}

/// How full the outbox is now.
pub async fn figures(outbox: &dyn Outbox, now: Timestamp) -> Result<Figures, StoreError> {
    let backlog = outbox.backlog().await?;
    let oldest = backlog.oldest.map_or(SignedDuration::ZERO, |kept| now.duration_since(kept).max(SignedDuration::ZERO));
    let Backlog { waiting, in_doubt, held_back, dead, .. } = backlog;
    Ok(Figures { waiting, oldest, in_doubt, held_back, dead })
}

/// The dead letters, oldest first.
pub async fn dead_letters(outbox: &dyn Outbox, limit: usize) -> Result<Vec<DeadLetter>, StoreError> {
    outbox.dead(limit).await
}

/// Tells all events kept since then once more, with the ids they have: after a broker has lost some, or when what refused
/// a dead letter is mended. Returns how many.
pub async fn replay(outbox: &dyn Outbox, since: Timestamp) -> Result<u64, StoreError> {
    outbox.replay(since).await
}

/// For how long events stay after they were handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Retention(SignedDuration);

impl Retention {
    /// A day: NATS acknowledges before it has flushed, and may lose minutes of events when the power fails on all its
    /// machines at once (Jepsen, NATS 2.12.1). Whoever notices within a day loses nothing.
    pub const LEAST: Self = Self(SignedDuration::from_hours(24));

    /// So long, and never less than [`Self::LEAST`].
    pub fn at_least(wanted: SignedDuration) -> Self {
        Self(wanted).max(Self::LEAST)
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self(SignedDuration::from_hours(7 * 24))
    }
}

/// Removes what was handed on before the retention. Returns how many.
pub async fn forget(outbox: &dyn Outbox, retention: Retention, now: Timestamp) -> Result<u64, StoreError> {
    outbox.forget(now.saturating_sub(retention.0).unwrap_or(Timestamp::MIN)).await
}
