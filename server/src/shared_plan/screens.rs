//! Open screens follow what happens to a shared plan elsewhere: by REST, and by the passing of time.

use std::sync::{Arc, Weak};

use async_trait::async_trait;
use care_plan_service::relay::{Listener, PublishError};
use care_plan_service::service::SOURCE;
use fhir::{ResourceKey, SourceId};
use shared_plan::Event;
use shared_plan::ports::Kind;

use super::record::read_again_where;
use crate::rooms::Room;
use crate::state::Server;

/// The open screens of this process. They hear of an event after it is kept, and lose nothing by not hearing it: who opens
/// a plan reads it anew.
pub struct Screens(Weak<Server>);

impl Screens {
    /// Those of a server.
    pub fn of(server: &Arc<Server>) -> Self {
        Self(Arc::downgrade(server))
    }
}

#[async_trait]
impl Listener for Screens {
    async fn hear(&self, event: &Event) -> Result<(), PublishError> {
        if let Some(server) = self.0.upgrade() {
            read_again_where(&server, &event.tenant, &event.person, |room| !has_read(room, event));
        }
        Ok(())
    }
}

/// True where a launch shows the version of which the event tells, or a later one: it was written on a screen.
fn has_read(room: &Room, event: &Event) -> bool {
    if event.kind != Kind::Plan {
        return false;
    }
    let (source, kind, id) = (SourceId::new(SOURCE), "CarePlan".to_owned(), event.document.clone());
    let snapshot = room.reading.snapshot();
    let version = snapshot.resource(&ResourceKey { source, kind, id }).and_then(|plan| plan.version()?.parse().ok());
    version.is_some_and(|version: u64| version >= event.version.0)
}
