//! Open screens follow what happens to a shared plan elsewhere: by REST, and by the passing of time.

use std::sync::{Arc, Weak};

use async_trait::async_trait;
use care_plan_service::relay::{Listener, PublishError};
use care_plan_service::service::SOURCE;
use fhir::{ResourceKey, SourceId};
use shared_plan::ports::Kind;
use shared_plan::{Event, Version};

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
            read_again_where(&server, &event.tenant, &event.person, |room| {
                !shows(room, event.kind, &event.document, event.version)
            });
        }
        Ok(())
    }
}

/// True where a launch shows this version of a document, or a later one: it was written on a screen.
pub fn shows(room: &Room, kind: Kind, id: &str, version: Version) -> bool {
    if kind != Kind::Plan {
        return false;
    }
    let key = ResourceKey { source: SourceId::new(SOURCE), kind: "CarePlan".to_owned(), id: id.to_owned() };
    let snapshot = room.reading.snapshot();
    let shown = snapshot.resource(&key).and_then(|plan| plan.version()?.parse().ok());
    shown.is_some_and(|shown: u64| shown >= version.0)
}
