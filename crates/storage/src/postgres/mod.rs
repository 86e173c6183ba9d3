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

use shared_plan::ports::{Deliveries, Documents, Outbox, Timed, Whose};

use crate::seal::Sealer;
use crate::shared_plan::{StoredDeliveries, StoredDocuments, StoredOutbox, StoredTimed, StoredWhose};
use door::PostgresDoor;

pub use check::{Refusal, Rule};
pub use migrate::{MigrateError, migrate};
pub use open::{OpenError, Options};

/// An open database whose walls were looked at. Cheap to clone.
#[derive(Clone)]
pub struct PostgresDatabase {
    door: PostgresDoor,
    pub(crate) sealer: Sealer,
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
    pub fn deliveries(&self) -> impl Deliveries + Clone + use<> {
        StoredDeliveries(self.door.clone())
    }

    /// Port of `shared-plan`.
    pub fn timed(&self) -> impl Timed + Clone + use<> {
        StoredTimed(self.door.clone())
    }

    /// Port of `shared-plan`.
    pub fn whose(&self) -> impl Whose + Clone + use<> {
        StoredWhose(self.door.clone())
    }

    pub(crate) fn door(&self) -> PostgresDoor {
        self.door.clone()
    }

    /// Waits for the running steps and closes the connections.
    pub async fn close(&self) {
        self.door.close().await;
    }
}
