//! `accord migrate`: brings the database up to this version.

use std::sync::Arc;

use access::Randomness;

use super::say;
use crate::config::Config;
use crate::state::open_database;

/// Opens the database, which brings its schema up to date, and closes it again.
pub async fn run(config: Config) -> Result<(), String> {
    let random: Arc<dyn Randomness> = Arc::new(crate::random::SystemRandomness);
    let database = open_database(&config, &random).await.map_err(|error| error.to_string())?;
    database.close().await;
    say("the database is up to date");
    Ok(())
}
