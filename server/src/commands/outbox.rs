//! `accord outbox`: what waits to be told, what could not be told, and telling it again; for the broker, and for each
//! receiver of webhooks.

use std::sync::Arc;

use access::clock::SystemClock;
use access::{Clock, StoreError, TenantId};
use care_plan_service::relay::{dead_letters, figures, replay};
use jiff::Timestamp;
use shared_plan::ports::Outbox;

use super::say;
use crate::config::Config;
use crate::plan_store::PlanStore;
use crate::random::SystemRandomness;
use crate::store;

/// How many dead letters are listed.
const LISTED: usize = 100;

/// What is told again, and to whom.
#[derive(Debug, Default)]
pub struct Again {
    /// Everything since then.
    pub since: Option<Timestamp>,
    /// To this receiver of webhooks; to the broker where none is named.
    pub receiver: Option<String>,
}

/// Says how full the outbox and the queue of each receiver is, and lists dead letters; tells events once more, where that
/// is asked for.
///
/// # Errors
/// The database does not open or answer.
pub async fn run(config: Config, again: Again) -> Result<(), String> {
    let random: Arc<dyn access::Randomness> = Arc::new(SystemRandomness);
    let database = store::open(&config, &random).await.map_err(|error| error.to_string())?;
    let store = PlanStore::of(&database.ports());
    let mut queues = vec![(None, store.outbox.clone())];
    for webhook in config.webhooks() {
        let queue = store.deliveries.queue(&TenantId::new(webhook.tenant.as_str()), &webhook.id);
        queues.push((Some(webhook.id.as_str()), queue));
    }
    if let Some(since) = again.since {
        let asked = queues.iter().filter(|(receiver, _)| *receiver == again.receiver.as_deref());
        let mut told = None;
        for (_, queue) in asked {
            told = Some(told.unwrap_or(0) + replay(queue.as_ref(), since).await.map_err(|error| error.to_string())?);
        }
        let told = told.ok_or("--receiver names none of [[care_plan_service.webhooks]]")?;
        say(&format!("{told} events since {since} wait to be told again"));
    }
    for (receiver, queue) in &queues {
        if let Some(receiver) = receiver {
            say(&format!("receiver {receiver}"));
        }
        tell_of(queue.as_ref()).await.map_err(|error| error.to_string())?;
    }
    database.close().await;
    Ok(())
}

/// How full a queue is, and its dead letters.
async fn tell_of(outbox: &dyn Outbox) -> Result<(), StoreError> {
    let now = figures(outbox, SystemClock.now()).await?;
    say(&format!("waiting: {}, the oldest for {} s; dead letters: {}", now.waiting, now.oldest.as_secs(), now.dead));
    if now.in_doubt > 0 {
        say(&format!("in doubt: {}; they are told when somebody has said whose they are", now.in_doubt));
    }
    if now.held_back > 0 {
        say(&format!("behind dead letters: {}", now.held_back));
    }
    for letter in dead_letters(outbox, LISTED).await? {
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
    Ok(())
}
