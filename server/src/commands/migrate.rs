//! `accord migrate`: brings the database up to this version.

use std::sync::Arc;

use access::Randomness;

use super::say;
use crate::config::Config;
use crate::random::SystemRandomness;
use crate::state::StartError;
use crate::store;

/// Brings the schema up to date: SQLite's by opening the file, PostgreSQL's as the role that owns the tables.
pub async fn run(config: Config) -> Result<(), String> {
    if config.database_url.is_postgres() {
        let owner =
            config.owner_url.as_ref().ok_or("owner_url: name the role that owns the tables, to migrate as it")?;
        let role = config.database_url.role().ok_or("database_url must name the role that Accord runs as")?;
        storage::postgres::migrate(owner.reveal(), &role).await.map_err(|error| StartError::of(error).to_string())?;
    } else {
        let random: Arc<dyn Randomness> = Arc::new(SystemRandomness);
        store::open(&config, &random).await.map_err(|error| error.to_string())?.close().await;
    }
    say("the database is up to date");
    Ok(())
}
