//! PostgreSQL: a cluster in a temporary folder.

mod cluster;
mod database;

pub use database::Database;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::StartError;
use cluster::Cluster;

/// What a cluster does against a failing machine. A stopped or killed server loses nothing either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is flushed to the disk: for tests of what a statement does.
    Fast,
    /// As in production: for tests that stop it.
    Durable,
}

/// A PostgreSQL cluster; a clone is one more handle on it.
#[derive(Debug, Clone)]
pub struct Postgres {
    cluster: Arc<Mutex<Cluster>>,
    databases: Arc<AtomicU32>,
}

impl Postgres {
    /// The cluster that all tests of this process share; it is stopped when the process ends. Nobody stops it.
    pub fn shared() -> Result<Self, StartError> {
        static SHARED: OnceLock<Mutex<Option<Postgres>>> = OnceLock::new();
        let mut shared = SHARED.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(postgres) = &*shared {
            return Ok(postgres.clone());
        }
        Ok(shared.insert(Self::start(Durability::Fast)?).clone())
    }

    /// Starts a cluster of one's own; it is stopped when the last handle is dropped.
    pub fn start(durability: Durability) -> Result<Self, StartError> {
        let cluster = Cluster::start(durability)?;
        Ok(Self { cluster: Arc::new(Mutex::new(cluster)), databases: Arc::default() })
    }

    /// Makes an empty database with an owner and an application role of its own.
    pub fn database(&self) -> Result<Database, StartError> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        Database::make(&self.cluster(), number)
    }

    /// Makes a copy of a database that nobody has open, with its roles: quicker than to make it again.
    pub fn copy_of(&self, database: &Database) -> Result<Database, StartError> {
        let number = self.databases.fetch_add(1, Ordering::Relaxed);
        database.copy(&self.cluster(), number)
    }

    /// Runs statements as the superuser in one of the databases, for what only an operator may do.
    pub fn as_superuser(&self, database: &str, statements: &str) -> Result<(), StartError> {
        self.cluster().psql(database, statements)
    }

    /// All that one of the databases holds, as statements, bytes in hexadecimal.
    pub fn dump(&self, database: &str) -> Result<Vec<u8>, StartError> {
        self.cluster().dump(database)
    }

    /// Stops it at once, as `pg_ctl stop -m immediate` does: connections are cut, nothing is written any more.
    pub fn stop_immediate(&self) {
        self.cluster().stop("QUIT");
    }

    /// `kill -9` of the server; what it had begun is given up by its children.
    pub fn kill(&self) {
        self.cluster().stop("KILL");
    }

    /// Starts it again on the same data, at the same addresses. Does nothing where it runs.
    pub fn start_again(&self) -> Result<(), StartError> {
        self.cluster().start_again()
    }

    pub(crate) fn cluster(&self) -> std::sync::MutexGuard<'_, Cluster> {
        self.cluster.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
