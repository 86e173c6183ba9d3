//! The database that the configuration names, opened.

use std::sync::Arc;

use access::{Randomness, TenantId};
use storage::{BroughtHome, Database, PostgresDatabase, Sealer, SealingKey, Store};

use crate::config::{Config, SourceConfig};
use crate::state::StartError;

/// Opens it with the key file of the configuration. SQLite's schema is brought up to date by that; PostgreSQL's is not, as
/// the role that Accord runs as may not.
///
/// # Errors
/// What configuration, key file or database lack.
pub async fn open(config: &Config, random: &Arc<dyn Randomness>) -> Result<Store, StartError> {
    let key_file = config.path(&config.keys.sealing_key_file);
    let key = SealingKey::load_or_create(&key_file, config.development, random.as_ref()).map_err(StartError::of)?;
    let sealer = Sealer::new(key, random.clone());
    if config.database_url.is_postgres() {
        postgres(config, sealer).await.map(Store::Postgres)
    } else {
        sqlite(config, sealer).await.map(Store::Sqlite)
    }
}

/// Brings home what lay with the installation when its ports knew no tenant.
///
/// # Errors
/// The database could not be asked.
pub async fn bring_home(config: &Config, database: &Store) -> Result<(), StartError> {
    let home = |source: &SourceConfig| (source.id.clone(), TenantId::new(source.tenant.as_str()));
    let homes = config.sources.iter().map(home).collect();
    let brought = database.bring_home(&homes).await.map_err(StartError::of)?;
    if brought != BroughtHome::default() {
        tracing::info!(?brought, "grants and edits lie with their tenants now");
    }
    Ok(())
}

/// Looks at a database without changing it: `None` for SQLite, which lies in one file of one process.
///
/// # Errors
/// PostgreSQL cannot be reached, or does not keep tenants apart.
pub async fn look(config: &Config) -> Result<Option<&'static str>, StartError> {
    if !config.database_url.is_postgres() {
        return Ok(None);
    }
    PostgresDatabase::look_at(config.database_url.reveal()).await.map_err(wrong)?;
    Ok(Some("database: PostgreSQL, up to date, keeps tenants apart"))
}

fn wrong(error: storage::postgres::OpenError) -> StartError {
    StartError(format!("database_url: {}", StartError::of(error)))
}

async fn sqlite(config: &Config, sealer: Sealer) -> Result<Database, StartError> {
    let url = config.database_url.reveal();
    let file = url.strip_prefix("sqlite://").unwrap_or(url);
    // A relative file lies beside the configuration.
    let url =
        if file.starts_with(':') { url.to_owned() } else { format!("sqlite://{}", config.folder.join(file).display()) };
    Database::open(&url, sealer).await.map_err(StartError::of)
}

async fn postgres(config: &Config, sealer: Sealer) -> Result<PostgresDatabase, StartError> {
    let tenants = config.tenants.iter().map(|tenant| TenantId::new(tenant.id.as_str())).collect();
    let (url, runtime) = (config.database_url.reveal().to_owned(), tokio::runtime::Handle::current());
    // On a thread of its own: the compiler cannot see through all it holds that it may go from thread to thread.
    let opened = tokio::task::spawn_blocking(move || runtime.block_on(PostgresDatabase::open(&url, sealer, tenants)));
    opened.await.map_err(StartError::of)?.map_err(wrong)
}
