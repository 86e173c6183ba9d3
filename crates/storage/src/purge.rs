//! Retention, carried out.

use std::pin::Pin;

use access::StoreError;
use jiff::Timestamp;

use crate::database::{Database, unasked};
use crate::postgres::PostgresDatabase;
use crate::step::{Door, installation};
use crate::{audit, consents, intents, kept_items, pending_launches, persons, sessions, shared_plan};

/// How many rows a purge removed or emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// Sessions that had ended; their launches and grants went with them.
    pub sessions: u64,
    /// Launches whose source never answered.
    pub pending_launches: u64,
    /// Closed intents: emptied of their content, or removed.
    pub intents: u64,
    /// Kept items past their time.
    pub kept_items: u64,
    /// Consents whose time is over, with what rested on them; and ended ones past their retention.
    pub consents: u64,
    /// Links that ended long ago, and persons without any.
    pub persons: u64,
    /// Audit events past their retention.
    pub audit_events: u64,
    /// Idempotency keys and events that were handed on, past their retention.
    pub shared_plan: u64,
}

impl Database {
    /// Removes what is past its retention, as the migrations name it. The server calls it at start and every few minutes;
    /// calling it more often changes nothing.
    ///
    /// # Errors
    /// Where the database could not be asked; what was removed before that stays removed.
    pub async fn purge(&self, now: Timestamp) -> Result<Purged, StoreError> {
        let purged = on_both(&self.door(), now).await?;
        self.overwrite_what_was_erased().await?;
        Ok(purged)
    }

    /// Brings the log of writes into the main file, where erased rows are overwritten, and empties it: until then what was
    /// erased, sealed as it was, still lies in the log. Where somebody is reading, the next round does it.
    async fn overwrite_what_was_erased(&self) -> Result<(), StoreError> {
        let checkpoint = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_all(&self.pool);
        checkpoint.await.map(drop).map_err(unasked)
    }
}

impl PostgresDatabase {
    /// Removes what is past its retention, as the migrations name it. Calling it more often than every few minutes, or from
    /// several processes, changes nothing.
    ///
    /// # Errors
    /// Where the database could not be asked; what was removed before that stays removed.
    pub async fn purge(&self, now: Timestamp) -> Result<Purged, StoreError> {
        on_both(&self.door(), now).await
    }
}

/// What both databases hold.
///
/// Boxed: seen through from another crate, the compiler does not find that the work may go from thread to thread.
fn on_both(door: &impl Door, now: Timestamp) -> Pin<Box<dyn Future<Output = Result<Purged, StoreError>> + Send + '_>> {
    Box::pin(async move {
        let mut purged = Purged {
            sessions: sessions::purge(door, now).await?,
            pending_launches: pending_launches::purge(door, now).await?,
            // What homecoming has left there: nobody knows whose it is.
            intents: intents::purge(door, installation(), now).await?,
            shared_plan: shared_plan::purge(door, now).await?,
            ..Purged::default()
        };
        for tenant in door.tenants().await? {
            purged.intents += intents::purge(door, &tenant, now).await?;
            purged.kept_items += kept_items::purge(door, &tenant, now).await?;
            purged.consents += consents::purge(door, &tenant, now).await?;
            purged.persons += persons::purge(door, &tenant, now).await?;
            purged.audit_events += audit::purge(door, &tenant, now).await?;
        }
        Ok(purged)
    })
}
