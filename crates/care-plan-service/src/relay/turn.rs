//! One turn: what waits is claimed and handed on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use access::{Clock, StoreError};
use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use shared_plan::ports::{Outbox, Outgoing};

use crate::relay::{PublishError, Publisher, Rest, Retries};

/// How the relay works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RelaySettings {
    /// For how long claimed events are ours. A third of it is the time that one hand-over may take.
    pub lease: SignedDuration,
    /// How many events are claimed in one turn.
    pub at_once: usize,
    /// How many of them are on their way at the same time.
    pub side_by_side: usize,
    /// How long to rest where nothing waits and nobody rings: events of other processes and those that are due again are
    /// found so.
    pub look_again: SignedDuration,
    /// When what failed is tried again.
    pub retries: Retries,
}

impl Default for RelaySettings {
    fn default() -> Self {
        Self {
            lease: SignedDuration::from_secs(60),
            at_once: 64,
            side_by_side: 16,
            look_again: SignedDuration::from_secs(1),
            retries: Retries::default(),
        }
    }
}

/// Hands on what waits in the outbox. Several may work on one outbox, in one process or in many.
pub struct Relay {
    outbox: Arc<dyn Outbox>,
    publisher: Arc<dyn Publisher>,
    clock: Arc<dyn Clock>,
    pub(super) rest: Arc<dyn Rest>,
    pub(super) settings: RelaySettings,
    counters: Counters,
}

/// What one turn did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turn {
    /// Events that were handed on.
    pub handed_on: usize,
    /// Events that wait to be tried again.
    pub failed: usize,
    /// Events that became dead letters.
    pub dead: usize,
    /// Events of which the outbox could not be told what became of them: they come again when their lease is over.
    pub unmarked: usize,
    /// Events whose lease was over before it was their turn: they are anybody's.
    pub late: usize,
    /// Events that were not told when it was their turn: whose their document is came to be in doubt after they were claimed,
    /// or that could not be asked. They come again when their lease is over and nothing is in doubt.
    pub withheld: usize,
}

/// What a relay has done since it was made, for operators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Events handed on.
    pub handed_on: u64,
    /// Failures after which an event waits.
    pub failed: u64,
    /// Dead letters.
    pub dead: u64,
}

#[derive(Debug, Default)]
struct Counters {
    handed_on: AtomicU64,
    failed: AtomicU64,
    dead: AtomicU64,
}

/// What became of one event.
enum Outcome {
    HandedOn,
    Failed,
    Dead,
    Unmarked,
    Late,
    Withheld,
}

impl Relay {
    /// Makes a relay from an outbox to a publisher.
    pub fn new(
        outbox: Arc<dyn Outbox>,
        publisher: Arc<dyn Publisher>,
        clock: Arc<dyn Clock>,
        rest: Arc<dyn Rest>,
        settings: RelaySettings,
    ) -> Self {
        Self { outbox, publisher, clock, rest, settings, counters: Counters::default() }
    }

    /// Claims what waits, once, and hands it on. Killed at any point, or dropped, it loses nothing.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        let patience = Duration::try_from(self.settings.lease / 3).unwrap_or_default();
        // Nothing is claimed for a broker that is away: an outage counts no failures.
        if !tokio::time::timeout(patience, self.publisher.is_ready()).await.unwrap_or(false) {
            return Ok(Turn::default());
        }
        let now = self.clock.now();
        let claimed = self.outbox.claim(now, self.settings.lease, self.settings.at_once).await?;
        let ends = now.saturating_add(self.settings.lease).unwrap_or(Timestamp::MAX);
        // At most one of each document is among them, so they need not wait for each other.
        Ok(futures::stream::iter(claimed)
            .map(|outgoing| self.hand_on(outgoing, ends, patience))
            .buffer_unordered(self.settings.side_by_side.max(1))
            .fold(Turn::default(), |turn, outcome| std::future::ready(turn.and(&outcome)))
            .await)
    }

    /// What this relay has done so far.
    pub fn counts(&self) -> Counts {
        let read = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Counts {
            handed_on: read(&self.counters.handed_on),
            failed: read(&self.counters.failed),
            dead: read(&self.counters.dead),
        }
    }

    async fn hand_on(&self, outgoing: Outgoing, ends: Timestamp, patience: Duration) -> Outcome {
        // It may have waited here behind many others: whose it is may be another's by now, or in doubt.
        let outgoing = match self.outbox.look_again(&outgoing).await {
            Ok(Some(now)) => now,
            Ok(None) => return Outcome::Withheld,
            Err(error) => {
                tracing::warn!(event = %outgoing.event.id, %error, "it could not be asked whose an event is");
                return Outcome::Withheld;
            }
        };
        if self.clock.now() >= ends {
            return Outcome::Late;
        }
        let told = tokio::time::timeout(patience, self.publisher.publish(&outgoing.event))
            .await
            .unwrap_or_else(|_| Err(PublishError::Unavailable("no answer in time".into())));
        let (outcome, noted) = match told {
            Ok(()) => (Outcome::HandedOn, self.note_handed_on(&outgoing).await),
            Err(error) => self.note_failure(&outgoing, &error).await,
        };
        if let Err(error) = noted {
            tracing::warn!(event = %outgoing.event.id, %error, "the outbox could not be told what became of an event");
            return Outcome::Unmarked;
        }
        outcome
    }

    async fn note_handed_on(&self, outgoing: &Outgoing) -> Result<(), StoreError> {
        self.outbox.handed_on(&outgoing.tenant, outgoing.event.id, self.clock.now()).await?;
        self.counters.handed_on.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    async fn note_failure(&self, outgoing: &Outgoing, error: &PublishError) -> (Outcome, Result<(), StoreError>) {
        let (event, failures) = (outgoing.event.id, outgoing.failures.saturating_add(1));
        let now = self.clock.now();
        let again = self.settings.retries.again(error, outgoing.failures, now);
        let noted = self.outbox.failed(&outgoing.tenant, event, &error.to_string(), now, again).await;
        if again.is_some() {
            tracing::warn!(%event, failures, %error, "an event waits to be handed on again");
            self.counters.failed.fetch_add(1, Ordering::Relaxed);
            (Outcome::Failed, noted)
        } else {
            tracing::error!(%event, failures, %error, "an event is a dead letter: its document is held back");
            self.counters.dead.fetch_add(1, Ordering::Relaxed);
            (Outcome::Dead, noted)
        }
    }
}

impl Turn {
    fn and(mut self, outcome: &Outcome) -> Self {
        *match outcome {
            Outcome::HandedOn => &mut self.handed_on,
            Outcome::Failed => &mut self.failed,
            Outcome::Dead => &mut self.dead,
            Outcome::Unmarked => &mut self.unmarked,
            Outcome::Late => &mut self.late,
            Outcome::Withheld => &mut self.withheld,
        } += 1;
        self
    }
}
