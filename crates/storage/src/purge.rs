//! Retention, carried out.

use access::StoreError;
use jiff::Timestamp;

use crate::database::Database;
use crate::sessions;

/// How many rows [`Database::purge`] removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Purged {
    /// Sessions that had ended; their launches and grants went with them.
    pub sessions: u64,
}

impl Database {
    /// Removes what is past its retention, as the migrations name it. The server calls it at start and every few minutes;
    /// calling it more often changes nothing.
    pub async fn purge(&self, now: Timestamp) -> Result<Purged, StoreError> {
        Ok(Purged { sessions: sessions::purge(&self.pool, now).await? })
    }
}
