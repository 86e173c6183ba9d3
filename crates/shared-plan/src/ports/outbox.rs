//! What others are told: kept in the step of the change, handed on afterwards.

use access::{StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};

use crate::{Event, EventId};

/// An event on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct Outgoing {
    /// The tenant.
    pub tenant: TenantId,
    /// The event.
    pub event: Event,
    /// How often handing it on has failed.
    pub failures: u32,
}

/// An event that could not be handed on.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadLetter {
    /// The event.
    pub outgoing: Outgoing,
    /// What was said the last time; no content.
    pub why: String,
    /// Since when.
    pub since: Timestamp,
}

/// How full the outbox is, for operators.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// Events that wait to be handed on, and may be.
    pub waiting: u64,
    /// When the oldest of them was kept.
    pub oldest: Option<Timestamp>,
    /// Events whose document is in doubt: nobody is told of them before somebody has said whose it is.
    pub in_doubt: u64,
    /// Events behind a dead letter of their document.
    pub held_back: u64,
    /// Dead letters.
    pub dead: u64,
}

/// The outbox. Events of one aggregate are handed on in their order: the next is not claimed before the one before it is
/// handed on. One that cannot be handed on holds back its own aggregate only.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Takes up to `limit` events for the time of `lease`, at most one of each aggregate: the oldest that waits. Nobody
    /// else gets them meanwhile; when the time is over, anybody does.
    async fn claim(&self, now: Timestamp, lease: SignedDuration, limit: usize) -> Result<Vec<Outgoing>, StoreError>;
    /// Looks once more at an event that was claimed, right before it is handed on: as one of the person on whom its document
    /// hangs by now; `None` where nothing is told of it any more, because its document came to be in doubt meanwhile, or
    /// because somebody else has handed it on.
    async fn look_again(&self, claimed: &Outgoing) -> Result<Option<Outgoing>, StoreError>;
    /// The broker has it. The row stays for its retention, so that it can be told again.
    async fn handed_on(&self, tenant: &TenantId, event: EventId, now: Timestamp) -> Result<(), StoreError>;
    /// It was not handed on: it waits until `again`, or is a dead letter where that is `None`.
    async fn failed(
        &self,
        tenant: &TenantId,
        event: EventId,
        why: &str,
        now: Timestamp,
        again: Option<Timestamp>,
    ) -> Result<(), StoreError>;
    /// The dead letters, oldest first.
    async fn dead(&self, limit: usize) -> Result<Vec<DeadLetter>, StoreError>;
    /// Lets all events kept since then wait once more, dead ones and those that were handed on. Returns how many.
    async fn replay(&self, since: Timestamp) -> Result<u64, StoreError>;
    /// How much waits.
    async fn backlog(&self) -> Result<Backlog, StoreError>;
    /// Removes what was handed on before then. Returns how many.
    async fn forget(&self, handed_on_before: Timestamp) -> Result<u64, StoreError>;
}
