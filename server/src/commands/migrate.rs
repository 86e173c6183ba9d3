//! `accord migrate`: brings the database up to this version.

use std::sync::Arc;

use access::Randomness;

use super::say;
use crate::config::Config;
use crate::state::{StartError, open_database};

/// Opens the database, which brings its schema up to date, and closes it again.
pub async fn run(config: Config) -> Result<(), String> {
    let random: Arc<dyn Randomness> = Arc::new(crate::random::SystemRandomness);
    let database = open_database(&config, &random).await.map_err(|error| error.to_string())?;
    database.close().await;
    if let Some(section) = &config.shared_plan {
        let owner =
            section.owner_url.as_deref().ok_or("[shared_plan] owner_url: name the role that owns the tables")?;
        let role = url::Url::parse(&section.database_url)
            .ok()
            .map(|url| url.username().to_owned())
            .filter(|role| !role.is_empty())
            .ok_or("[shared_plan] database_url: it must name the role that Accord runs as")?;
        storage::postgres::migrate(owner, &role).await.map_err(|error| StartError::of(error).to_string())?;
    }
    say("the database is up to date");
    Ok(())
}
