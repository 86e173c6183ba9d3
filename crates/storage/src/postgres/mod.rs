//! PostgreSQL, where several processes or tenants share a database.
//!
//! Rows of two tenants are kept apart by the database itself: row level security is forced on every table, for a role that
//! owns nothing and can become nobody who does. Whoever opens the database looks first whether that is so (`check/`), and
//! refuses to go on where it is not.
//!
//! Work that is of no tenant (the outbox, retention) goes from tenant to tenant, through the tenants that were handed in.
//! A relay role with a policy of its own would read all rows at once, and then whoever gets hold of it could too; this
//! way no statement ever sees two tenants, and no policy has an exception. It costs one transaction a tenant and round.

mod check;
mod door;
mod migrate;
mod open;
mod rights;

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use access::StoreError;
use jiff::Timestamp;
use shared_plan::ports::{Documents, Outbox, Timed};

use crate::shared_plan::{StoredDocuments, StoredOutbox, StoredTimed, purge};
use door::PostgresDoor;

pub use check::{Refusal, Rule};
pub use migrate::{MigrateError, migrate};
pub use open::{OpenError, Options};

/// An open database whose walls were looked at. Cheap to clone.
#[derive(Clone)]
pub struct PostgresDatabase {
    door: PostgresDoor,
    outbox_turn: Arc<AtomicUsize>,
}

impl PostgresDatabase {
    /// Port of `shared-plan`.
    pub fn documents(&self) -> impl Documents + Clone + use<> {
        StoredDocuments(self.door.clone())
    }

    /// Port of `shared-plan`. It hands on the events of the tenants that the database was opened for.
    pub fn outbox(&self) -> impl Outbox + Clone + use<> {
        StoredOutbox { door: self.door.clone(), turn: self.outbox_turn.clone() }
    }

    /// Port of `shared-plan`.
    pub fn timed(&self) -> impl Timed + Clone + use<> {
        StoredTimed(self.door.clone())
    }

    /// Removes what is past its retention, as the migrations name it, and says how many rows. Calling it more often than
    /// every few minutes, or from several processes, changes nothing.
    ///
    /// # Errors
    /// Where the database could not be asked; what was removed before that stays removed.
    pub async fn purge(&self, now: Timestamp) -> Result<u64, StoreError> {
        purge(&self.door, now).await
    }

    /// Waits for the running steps and closes the connections.
    pub async fn close(&self) {
        self.door.close().await;
    }
}
