//! Either database, for whoever does not mind which.

use std::sync::Arc;

use access::{
    Audit, AuditTrail, Consents, KeptItems, Launches, Persons, Sessions, SignIns, StandingGrants, StoreError,
};
use jiff::Timestamp;
use shared_plan::ports::{Deliveries, Documents, Outbox, Timed, Whose};
use smart::{Grants, PendingLaunches};
use write_back::Intents;

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

/// Every port of a database.
#[derive(Clone)]
pub struct Ports {
    /// Sessions of browsers.
    pub sessions: Arc<dyn Sessions>,
    /// Who has signed in without a person.
    pub sign_ins: Arc<dyn SignIns>,
    /// Launches.
    pub launches: Arc<dyn Launches>,
    /// Launches on their way.
    pub pending_launches: Arc<dyn PendingLaunches>,
    /// Grants of launches.
    pub grants: Arc<dyn Grants>,
    /// Edits that were accepted.
    pub intents: Arc<dyn Intents>,
    /// Who is who.
    pub persons: Arc<dyn Persons>,
    /// What persons allowed.
    pub consents: Arc<dyn Consents>,
    /// Grants that outlast a launch.
    pub standing_grants: Arc<dyn StandingGrants>,
    /// What outlasts the launch that read it.
    pub kept_items: Arc<dyn KeptItems>,
    /// Where events of the audit log are written.
    pub audit: Arc<dyn Audit>,
    /// Where they are read again.
    pub trail: Arc<dyn AuditTrail>,
    /// Documents of the shared plan.
    pub documents: Arc<dyn Documents>,
    /// What others are told.
    pub outbox: Arc<dyn Outbox>,
    /// What each receiver is told.
    pub deliveries: Arc<dyn Deliveries>,
    /// What becomes late.
    pub timed: Arc<dyn Timed>,
    /// Whose documents are.
    pub whose: Arc<dyn Whose>,
}

macro_rules! ports {
    ($database:expr) => {
        Ports {
            sessions: Arc::new($database.sessions()),
            sign_ins: Arc::new($database.sign_ins()),
            launches: Arc::new($database.launches()),
            pending_launches: Arc::new($database.pending_launches()),
            grants: Arc::new($database.grants()),
            intents: Arc::new($database.intents()),
            persons: Arc::new($database.persons()),
            consents: Arc::new($database.consents()),
            standing_grants: Arc::new($database.standing_grants()),
            kept_items: Arc::new($database.kept_items()),
            audit: Arc::new($database.audit()),
            trail: Arc::new($database.audit()),
            documents: Arc::new($database.documents()),
            outbox: Arc::new($database.outbox()),
            deliveries: Arc::new($database.deliveries()),
            timed: Arc::new($database.timed()),
            whose: Arc::new($database.whose()),
        }
    };
}

impl Store {
    /// The database's ports.
    pub fn ports(&self) -> Ports {
        match self {
            Self::Sqlite(database) => ports!(database),
            Self::Postgres(database) => ports!(database),
        }
    }

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
