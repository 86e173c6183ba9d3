//! Open screens follow where documents come to hang on somebody else by way of another process, or come to be in doubt.

use std::collections::HashSet;
use std::sync::Arc;

use access::{PatientAt, PersonId, StoreError, TenantId};
use care_plan_service::service::SOURCE;
use jiff::SignedDuration;
use shared_plan::ports::Moved;

use super::keep_to_its_person;
use super::rounds::read_plans_anew;
use crate::shared_plan as plans;
use crate::state::Server;

/// Knows what was moved lately.
#[derive(Debug, Default)]
pub struct Following {
    seen: HashSet<Moved>,
}

impl Following {
    /// Looks once at a tenant's documents that were moved within this time. Screens that show one lose it at once, those of
    /// whoever has it now read it.
    ///
    /// # Errors
    /// The stores; what could not be asked about is shown no more. The next look finds what this one has missed.
    pub async fn look(
        &mut self,
        server: &Arc<Server>,
        tenant: &TenantId,
        back: SignedDuration,
    ) -> Result<(), StoreError> {
        let since = server.clock.now().checked_sub(back).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        let moved: HashSet<Moved> = server.plan_store.whose.moved_since(tenant, since).await?.into_iter().collect();
        let new: Vec<&Moved> = moved.difference(&self.seen).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut first = Ok(());
        for room in server.rooms.all().into_iter().filter(|room| room.launch.tenant == *tenant) {
            // Persons were joined or parted: whose each record and the shared plan of this room is, is asked anew.
            first = first.and(keep_to_its_person(server, &room).await);
            if new.iter().any(|moved| room.reads(&PatientAt::new(SOURCE, moved.person.as_str()))) {
                first = first.and(read_plans_anew(server, &room).await);
            }
        }
        let is_new = |person: &PersonId| new.iter().any(|moved| moved.person == *person);
        first.and(plans::begin_where_none(server, tenant, is_new).await)?;
        self.seen.retain(|seen| seen.key.tenant != *tenant);
        self.seen.extend(moved);
        Ok(())
    }
}
