//! What becomes late by the passing of time alone.

use access::{PersonId, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, civil::Date};

use crate::ports::{Due, Key};
use crate::{Event, Version};

/// A day that has passed, of a document as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The document.
    pub key: Key,
    /// Its person.
    pub person: PersonId,
    /// Its version when it was found.
    pub version: Version,
    /// What is late.
    pub due: Due,
}

/// The days to watch. What is late is told once for each part and day, by whichever process comes first.
#[async_trait]
pub trait Timed: Send + Sync {
    /// Takes the turn to look for a tenant's late things, for the time of `lease`; false where another process has it.
    async fn take_turn(
        &self,
        tenant: &TenantId,
        holder: &str,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<bool, StoreError>;
    /// What is late on `today` and was not told yet, oldest day first.
    async fn passed(&self, tenant: &TenantId, today: Date, limit: usize) -> Result<Vec<Passed>, StoreError>;
    /// Keeps the event and that this was told, in one step. False where it was told already, or where the document has
    /// changed since it was found.
    async fn tell(&self, passed: &Passed, event: &Event) -> Result<bool, StoreError>;
}
