//! What was found out, kept for a while (checklist D7).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::{Discovery, DiscoveryError, capability_statement, well_known};
use crate::{Client, Smart};

const FRESH: SignedDuration = SignedDuration::from_hours(1);
const STALE_IF_ERROR: SignedDuration = SignedDuration::from_hours(24);

/// What was found out about each source. Each has its own lock, so that many launches ask a source once.
#[derive(Default)]
pub(crate) struct Discoveries {
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

type Slot = tokio::sync::Mutex<Option<(Timestamp, Arc<Discovery>)>>;

impl Discoveries {
    fn slot(&self, source: &str) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(slots.entry(source.to_owned()).or_default())
    }
}

impl Smart {
    /// Finds out what a source offers; what is younger than an hour is not asked again.
    ///
    /// When the source cannot be asked, what is younger than a day still holds. An answer that is wrong ends that at once.
    pub async fn discover(&self, client: &Client) -> Result<Arc<Discovery>, DiscoveryError> {
        let slot = self.discoveries.slot(&client.source);
        let mut kept = slot.lock().await;
        let now = self.clock.now();
        let younger_than = |age: SignedDuration| {
            kept.as_ref().filter(|(fetched, _)| now.duration_since(*fetched) < age).map(|(_, known)| Arc::clone(known))
        };
        if let Some(known) = younger_than(FRESH) {
            return Ok(known);
        }
        match fetch(client, &self.outbound).await {
            Ok(discovery) => {
                let discovery = Arc::new(discovery);
                *kept = Some((now, Arc::clone(&discovery)));
                Ok(discovery)
            }
            Err(error) => match younger_than(STALE_IF_ERROR).filter(|_| may_pass(&error)) {
                Some(known) => {
                    tracing::warn!(source_id = %client.source, %error, "what the source offers could not be asked again");
                    Ok(known)
                }
                None => Err(error),
            },
        }
    }
}

async fn fetch(client: &Client, outbound: &outbound::Client) -> Result<Discovery, DiscoveryError> {
    match well_known::fetch(client, outbound).await? {
        Some(discovery) => Ok(discovery),
        None => capability_statement::fetch(client, outbound).await,
    }
}

/// True for a failure that says nothing about the source but that it could not be asked.
fn may_pass(error: &DiscoveryError) -> bool {
    match error {
        DiscoveryError::NotAsked { .. } => true,
        DiscoveryError::Status { status, .. } => *status >= 500,
        DiscoveryError::Invalid { .. } | DiscoveryError::ForeignEndpoint { .. } | DiscoveryError::NoPkce { .. } => {
            false
        }
    }
}
