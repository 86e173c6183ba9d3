//! Open screens follow what other processes change, where several share one database: each looks for itself, every few
//! seconds, for what was changed lately.
//!
//! Events reach one process only: the one that takes them from the outbox. A broker would reach all, but need not be there;
//! the database is.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use access::{StoreError, TenantId};
use care_plan_service::service::SOURCE;
use fhir::SourceId;
use jiff::SignedDuration;
use shared_plan::Version;
use shared_plan::ports::{Document, Kind, Selection};

use super::record::read_again_where;
use super::screens::shows;
use crate::person::Following;
use crate::rooms::Room;
use crate::state::Server;

/// How often.
const EVERY: Duration = Duration::from_secs(2);
/// How far back: the clocks of two processes may differ so much, and a change may take so long to be kept.
const BACK: SignedDuration = SignedDuration::from_mins(2);
/// Documents that are asked for at a time.
const PAGE: usize = 100;
/// What hangs on a person and shows on their screens.
const KINDS: [Kind; 4] = [Kind::Plan, Kind::Concern, Kind::Decision, Kind::Overlay];

type Seen = HashMap<(TenantId, Kind, String), Version>;

/// Knows what was changed lately.
#[derive(Debug, Default)]
pub struct Follower {
    seen: Seen,
    moved: Following,
}

impl Follower {
    /// Looks until the process ends.
    pub async fn follow(mut self, server: Arc<Server>) {
        let mut rounds = tokio::time::interval(EVERY);
        rounds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            rounds.tick().await;
            if let Err(error) = self.look(&server).await {
                tracing::warn!(%error, "what other processes have changed could not be looked up");
            }
        }
    }

    /// Looks once; whoever shows something older reads it again. Where nobody has a screen open, nothing is asked.
    ///
    /// # Errors
    /// The store. The next look finds what this one has missed.
    pub async fn look(&mut self, server: &Arc<Server>) -> Result<(), StoreError> {
        let (mut still, with_plans) = (Seen::new(), tenants(server, shows_plans));
        // First of all: nobody goes on reading what may be somebody else's, whatever fails for others.
        let mut followed = Ok(());
        for tenant in &tenants(server, |_| true) {
            followed = followed.and(self.moved.look(server, tenant, BACK).await);
        }
        followed?;
        for tenant in with_plans {
            for kind in KINDS {
                for document in changed_lately(server, &tenant, kind).await? {
                    let key = (tenant.clone(), kind, document.key.id.clone());
                    let version = document.version;
                    if self.seen.get(&key).is_none_or(|seen| *seen < version) {
                        let id = document.key.id.as_str();
                        read_again_where(server, &tenant, &document.person, |room| !shows(room, kind, id, version));
                    }
                    still.insert(key, version);
                }
            }
        }
        self.seen = still;
        Ok(())
    }
}

/// The tenants of whose people such a screen is open here.
fn tenants(server: &Server, such: impl Fn(&Room) -> bool) -> Vec<TenantId> {
    let mut tenants: Vec<TenantId> = Vec::new();
    for room in server.rooms.all().into_iter().filter(|room| such(room)) {
        if !tenants.contains(&room.launch.tenant) {
            tenants.push(room.launch.tenant.clone());
        }
    }
    tenants
}

/// True where a room reads a shared plan.
fn shows_plans(room: &Room) -> bool {
    room.reading.patient(&SourceId::new(SOURCE)).is_some()
}

async fn changed_lately(server: &Server, tenant: &TenantId, kind: Kind) -> Result<Vec<Document>, StoreError> {
    let changed_since = server.clock.now().checked_sub(BACK).ok();
    let selection = Selection { kind, person: None, statuses: Vec::new(), changed_since };
    let mut found: Vec<Document> = Vec::new();
    loop {
        let after = found.last().map(|document| document.key.id.clone());
        let page = server.plan_store.documents.list(tenant, &selection, after.as_deref(), PAGE).await?;
        let whole = page.len() == PAGE;
        found.extend(page);
        if !whole {
            return Ok(found);
        }
    }
}
