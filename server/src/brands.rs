//! How the patients of each source know it: its list of brands, fetched in the background and kept.
//!
//! A page waits for lists a moment only; what comes later is there for the next one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use smart::{Brand, Client};
use tokio::sync::watch;

use crate::state::Server;

/// How long a page waits for lists that are not known yet.
const PATIENCE: Duration = Duration::from_millis(1_500);
/// A list is good for this long.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// A source that gave none is left alone for this long.
const ASK_AGAIN: SignedDuration = SignedDuration::from_mins(5);
/// No source is shown under more names.
const MOST: usize = 2_000;

/// The brands of all sources, as far as they are known.
pub struct Brands {
    patience: Duration,
    slots: Mutex<HashMap<String, Slot>>,
    /// Counts the lists that came or did not.
    settled: watch::Sender<u64>,
}

/// What is known of one source.
#[derive(Default)]
struct Slot {
    brands: Arc<Vec<Brand>>,
    ask_again: Option<Timestamp>,
    being_asked: bool,
}

impl Default for Brands {
    fn default() -> Self {
        Self::with_patience(PATIENCE)
    }
}

impl Brands {
    /// Waits for lists no longer than this.
    pub fn with_patience(patience: Duration) -> Self {
        Self { patience, slots: Mutex::default(), settled: watch::Sender::new(0) }
    }

    fn slots<T>(&self, then: impl FnOnce(&mut HashMap<String, Slot>) -> T) -> T {
        then(&mut self.slots.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Marks a source as being asked; false where that is not due.
    fn is_due(&self, source: &str, now: Timestamp) -> bool {
        self.slots(|slots| {
            let slot = slots.entry(source.to_owned()).or_default();
            let due = slot.ask_again.is_none_or(|ask_again| ask_again <= now);
            if due {
                slot.ask_again = now.checked_add(ASK_AGAIN).ok();
                slot.being_asked = true;
            }
            due
        })
    }

    fn settle(&self, source: &str, brands: Option<Vec<Brand>>, now: Timestamp) {
        self.slots(|slots| {
            let slot = slots.entry(source.to_owned()).or_default();
            slot.being_asked = false;
            let wait = if brands.is_some() { FRESH } else { ASK_AGAIN };
            slot.ask_again = now.checked_add(wait).ok();
            if let Some(brands) = brands {
                slot.brands = Arc::new(brands);
            }
        });
        self.settled.send_modify(|count| *count += 1);
    }

    /// True while one of the sources is asked for the first time.
    fn is_waited_for(&self, sources: &[Arc<Client>]) -> bool {
        self.slots(|slots| {
            let mut known = sources.iter().filter_map(|client| slots.get(&client.source));
            known.any(|slot| slot.being_asked && slot.brands.is_empty())
        })
    }
}

/// The brands of each source by its id, none where it lists none or has not answered. Waits a moment at most.
pub async fn of(server: &Arc<Server>, sources: &[Arc<Client>]) -> HashMap<String, Arc<Vec<Brand>>> {
    let shelf = &server.brands;
    let mut settled = shelf.settled.subscribe();
    for client in sources {
        if shelf.is_due(&client.source, server.clock.now()) {
            tokio::spawn(ask(server.clone(), client.clone()));
        }
    }
    let all = async { while shelf.is_waited_for(sources) && settled.changed().await.is_ok() {} };
    if tokio::time::timeout(shelf.patience, all).await.is_err() {
        tracing::debug!("a page of providers does not wait longer for lists of brands");
    }
    shelf.slots(|slots| {
        let known = sources.iter().filter_map(|client| Some((client.source.clone(), slots.get(&client.source)?)));
        known.map(|(source, slot)| (source, slot.brands.clone())).collect()
    })
}

/// Asks one source. Only what leads to this very source is kept: no list says who another source is.
async fn ask(server: Arc<Server>, client: Arc<Client>) {
    let brands = match server.smart.brands(&client).await {
        Ok(list) => {
            let own = list.providers(&server.registry, &client.tenant).into_iter();
            let own = own.filter(|provider| provider.client.source == client.source);
            Some(own.take(MOST).map(|provider| provider.brand.clone()).collect())
        }
        Err(error) => {
            tracing::debug!(source_id = %client.source, %error, "no brands");
            None
        }
    };
    server.brands.settle(&client.source, brands, server.clock.now());
}
