//! Either database, for whoever does not mind which.

use access::StoreError;
use jiff::Timestamp;

use crate::database::Database;
use crate::postgres::PostgresDatabase;
use crate::purge::Purged;

/// An open database. Cheap to clone.
#[derive(Clone)]
pub enum Store {
    /// The embedded one, of one process.
    Sqlite(Database),
    /// The one that several processes share.
    Postgres(PostgresDatabase),
}

impl Store {
    /// Removes what is past its retention, as the migrations name it. Calling it more often than every few minutes changes
    /// nothing.
    ///
    /// # Errors
    /// Where the database could not be asked; what was removed before that stays removed.
    pub async fn purge(&self, now: Timestamp) -> Result<Purged, StoreError> {
        match self {
            Self::Sqlite(database) => database.purge(now).await,
            Self::Postgres(database) => database.purge(now).await,
        }
    }

    /// Waits for the running steps and closes.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(database) => database.close().await,
            Self::Postgres(database) => database.close().await,
        }
    }
}
