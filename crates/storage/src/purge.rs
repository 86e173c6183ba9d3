//! Retention, carried out.

use access::StoreError;
use jiff::Timestamp;

use crate::database::Database;
use crate::{intents, pending_launches, sessions};

/// How many rows [`Database::purge`] removed or emptied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// Sessions that had ended; their launches and grants went with them.
    pub sessions: u64,
    /// Launches whose source never answered.
    pub pending_launches: u64,
    /// Closed intents: emptied of their content, or removed.
    pub intents: u64,
}

impl Database {
    /// Removes what is past its retention, as the migrations name it. The server calls it at start and every few minutes;
    /// calling it more often changes nothing.
    ///
    /// # Errors
    /// Where the database could not be asked; what was removed before that stays removed.
    pub async fn purge(&self, now: Timestamp) -> Result<Purged, StoreError> {
        Ok(Purged {
            sessions: sessions::purge(&self.pool, now).await?,
            pending_launches: pending_launches::purge(&self.pool, now).await?,
            intents: intents::purge(&self.pool, now).await?,
        })
    }
}
