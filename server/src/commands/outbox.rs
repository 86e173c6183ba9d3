//! `accord outbox`: what waits to be told, what could not be told, and telling it again.

use std::sync::Arc;

use access::Clock;
use access::clock::SystemClock;
use care_plan_service::relay::{dead_letters, figures, replay};
use jiff::Timestamp;

use super::say;
use crate::config::Config;
use crate::plan_store::PlanStore;
use crate::random::SystemRandomness;
use crate::state::{open_database, sealer};

/// How many dead letters are listed.
const LISTED: usize = 100;

/// Says how full the outbox is, and lists dead letters; tells everything since `again` once more, where that is given.
///
/// # Errors
/// The database does not open or answer.
pub async fn run(config: Config, again: Option<Timestamp>) -> Result<(), String> {
    let random: Arc<dyn access::Randomness> = Arc::new(SystemRandomness);
    let database = open_database(&config, &random).await.map_err(|error| error.to_string())?;
    let sealer = sealer(&config, &random).map_err(|error| error.to_string())?;
    let store = PlanStore::open(&config, &database, sealer).await.map_err(|error| error.to_string())?;
    let outbox = store.outbox.as_ref();
    if let Some(since) = again {
        let told = replay(outbox, since).await.map_err(|error| error.to_string())?;
        say(&format!("{told} events since {since} wait to be told again"));
    }
    let now = figures(outbox, SystemClock.now()).await.map_err(|error| error.to_string())?;
    say(&format!("waiting: {}, the oldest for {} s; dead letters: {}", now.waiting, now.oldest.as_secs(), now.dead));
    for letter in dead_letters(outbox, LISTED).await.map_err(|error| error.to_string())? {
        let event = &letter.outgoing.event;
        let (tenant, what) = (&letter.outgoing.tenant, event.what.code());
        say(&format!(
            "{} {tenant} {what} {}/{} since {}: {}",
            event.id,
            event.kind.code(),
            event.document,
            letter.since,
            letter.why
        ));
    }
    store.close().await;
    database.close().await;
    Ok(())
}
