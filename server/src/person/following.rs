//! Open screens follow where by way of another process a record was taken out of its person, or persons were joined, or
//! documents came to hang on somebody else or to be in doubt.

use std::collections::HashSet;
use std::sync::Arc;

use access::person::EndedLink;
use access::{PatientAt, PersonId, StoreError, TenantId};
use care_plan_service::service::SOURCE;
use jiff::SignedDuration;
use shared_plan::ports::Moved;

use super::keep_to_its_person;
use super::rounds::read_plans_anew;
use crate::rooms::Room;
use crate::shared_plan as plans;
use crate::state::Server;

/// Knows what was moved, and which links ended, lately.
#[derive(Debug, Default)]
pub struct Following {
    moved: HashSet<(TenantId, Moved)>,
    ended: HashSet<(TenantId, EndedLink)>,
}

impl Following {
    /// Looks once at a tenant's links that ended and documents that were moved within this time. Screens that show what is
    /// not their person's any more lose it at once, those of whoever has it now read it.
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
        let ended = server.persons.ended_since(tenant, since).await?;
        let ended: HashSet<_> = ended.into_iter().map(|link| (tenant.clone(), link)).collect();
        let moved = server.plan_store.whose.moved_since(tenant, since).await?;
        let moved: HashSet<_> = moved.into_iter().map(|moved| (tenant.clone(), moved)).collect();
        let new_ends: Vec<&EndedLink> = ended.difference(&self.ended).map(|(_, link)| link).collect();
        let new_moves: Vec<&Moved> = moved.difference(&self.moved).map(|(_, moved)| moved).collect();
        if new_ends.is_empty() && new_moves.is_empty() {
            return Ok(());
        }
        let reads_plans = |room: &Room, person: &PersonId| room.reads(&PatientAt::new(SOURCE, person.as_str()));
        let mut first = Ok(());
        for room in server.rooms.all().into_iter().filter(|room| room.launch.tenant == *tenant) {
            // Whose each record and the shared plan of this room is, is asked anew.
            let parted = |link: &&EndedLink| room.reads(&link.at) || reads_plans(&room, &link.person);
            if !new_moves.is_empty() || new_ends.iter().any(parted) {
                first = first.and(keep_to_its_person(server, &room).await);
            }
            if new_moves.iter().any(|moved| reads_plans(&room, &moved.person)) {
                first = first.and(read_plans_anew(server, &room).await);
            }
        }
        let is_new = |person: &PersonId| new_moves.iter().any(|moved| moved.person == *person);
        first.and(plans::begin_where_none(server, tenant, is_new).await)?;
        self.moved.retain(|(of, _)| of != tenant);
        self.moved.extend(moved);
        self.ended.retain(|(of, _)| of != tenant);
        self.ended.extend(ended);
        Ok(())
    }
}
