//! The database: opened, migrated, and the one door to its adapters.

use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use access::StoreError;
use shared_plan::ports::{Deliveries, Documents, Outbox, Timed, Whose};
use sqlx::SqlitePool;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use crate::keeper::Keeper;
use crate::seal::Sealer;
use crate::shared_plan::{StoredDeliveries, StoredDocuments, StoredOutbox, StoredTimed, StoredWhose};
use crate::step::SqliteDoor;

/// Forward only: a released migration is never edited. A program that does not know one that was applied does not open the
/// file (`VersionMissing`): it would show what is hidden by it. So there is no way back but a backup.
static MIGRATIONS: Migrator = sqlx::migrate!("./migrations");

/// How long a statement waits for another process's write.
const BUSY: Duration = Duration::from_secs(5);

/// An open, migrated database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    pub(crate) pool: SqlitePool,
    pub(crate) sealer: Sealer,
    pub(crate) keeper: Keeper,
    outbox_turn: Arc<AtomicUsize>,
}

/// Why the database does not open. Each message says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is of another database.
    #[error("database_url must be of the form sqlite://FILE")]
    NotSqlite,
    /// The URL says something that SQLite does not know.
    #[error("database_url has a part after the file name that is not known")]
    Url(#[source] sqlx::Error),
    /// The file could not be made or opened.
    #[error("the database {file} could not be opened; its folder must exist and belong to the user who runs Accord")]
    File {
        /// The file.
        file: String,
        /// What the system said.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The schema could not be brought up to date.
    #[error("the schema of the database {file} could not be brought up to date; was it made by a newer Accord?")]
    Migrate {
        /// The file.
        file: String,
        /// What went wrong.
        #[source]
        cause: sqlx::migrate::MigrateError,
    },
    /// The keys that lie in the database do not open.
    #[error("the keys in the database {file} do not open; does the sealing key file belong to this database?")]
    Keys {
        /// The file.
        file: String,
        /// What went wrong.
        #[source]
        cause: StoreError,
    },
}

impl Database {
    /// Opens `sqlite://FILE` (made with mode 0600 if missing) or `sqlite::memory:`, and brings its schema up to date.
    ///
    /// Every commit is synced to the disk: an intent that was answered with "stored" must survive a power cut.
    ///
    /// # Errors
    /// What the configuration or the folder lacks.
    pub async fn open(url: &str, sealer: Sealer) -> Result<Self, OpenError> {
        if !url.starts_with("sqlite:") {
            return Err(OpenError::NotSqlite);
        }
        let options = SqliteConnectOptions::from_str(url).map_err(OpenError::Url)?;
        let in_memory = url.contains(":memory:");
        let file = if in_memory { "in memory".to_owned() } else { options.get_filename().display().to_string() };
        if !in_memory {
            make_private(options.get_filename())
                .map_err(|cause| OpenError::File { file: file.clone(), cause: cause.into() })?;
        }
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY)
            .pragma("secure_delete", "on");
        // A database in memory is gone with its connection, so it has one that never ends.
        let pool = if in_memory {
            SqlitePoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None)
        } else {
            SqlitePoolOptions::new().max_connections(8)
        };
        let pool = pool
            .connect_with(options)
            .await
            .map_err(|cause| OpenError::File { file: file.clone(), cause: cause.into() })?;
        MIGRATIONS.run(&pool).await.map_err(|cause| OpenError::Migrate { file: file.clone(), cause })?;
        let keeper = keys(&pool, &sealer).await.map_err(|cause| OpenError::Keys { file, cause })?;
        Ok(Self { pool, sealer, keeper, outbox_turn: Arc::default() })
    }

    /// Waits for the running statements and closes the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// Port of `shared-plan`.
    pub fn documents(&self) -> impl Documents + Clone + use<> {
        StoredDocuments(self.door())
    }

    /// Port of `shared-plan`.
    pub fn outbox(&self) -> impl Outbox + Clone + use<> {
        StoredOutbox { door: self.door(), turn: self.outbox_turn.clone() }
    }

    /// Port of `shared-plan`.
    pub fn deliveries(&self) -> impl Deliveries + Clone + use<> {
        StoredDeliveries(self.door())
    }

    /// Port of `shared-plan`.
    pub fn timed(&self) -> impl Timed + Clone + use<> {
        StoredTimed(self.door())
    }

    /// Port of `shared-plan`.
    pub fn whose(&self) -> impl Whose + Clone + use<> {
        StoredWhose(self.door())
    }

    pub(crate) fn door(&self) -> SqliteDoor {
        SqliteDoor { pool: self.pool.clone(), keeper: self.keeper.clone() }
    }
}

async fn keys(pool: &SqlitePool, sealer: &Sealer) -> Result<Keeper, StoreError> {
    let make = "INSERT INTO kept_key (purpose, sealed) VALUES ($1, $2) ON CONFLICT (purpose) DO NOTHING";
    let mut step = pool.begin_with("BEGIN IMMEDIATE").await.map_err(unasked)?;
    let keeper = Keeper::open(&mut step, sealer, make, &[]).await?;
    step.commit().await.map_err(unasked)?;
    Ok(keeper)
}

/// SQLite gives its `-wal` and `-shm` files the mode of the main file, so it is enough to make that one private.
fn make_private(file: &std::path::Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

/// Wraps whatever kept the store from answering.
pub(crate) fn unasked(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError(cause.into())
}
