//! What hangs on a person follows where persons are joined.
//!
//! Persons are joined in one step and what hangs on them comes over in another, so a process may end between the two. The
//! second is done after each join; again before something of the person is read, where there is mostly nothing to do; and
//! in each round of housekeeping. *Invariant:* it goes by who has the Patients now, so it never brings to one person what
//! hung on somebody who was taken out of them.

use access::{PersonId, Persons, StoreError, TenantId};
use jiff::Timestamp;
use shared_plan::Who;
use shared_plan::ports::{Said, Whose};

use crate::state::Server;

/// Lets everything that hangs on those who were joined into a person hang on that person. Returns how many documents came.
pub async fn gather(
    persons: &dyn Persons,
    whose: &dyn Whose,
    tenant: &TenantId,
    person: &PersonId,
    said: &Said,
) -> Result<u64, StoreError> {
    let mut came = 0;
    for joined in persons.joined_into_it(tenant, person).await? {
        came += whose.join(tenant, &joined, person, said).await?;
    }
    Ok(came)
}

/// What nobody has said, because it follows from what was said before.
pub fn follows(now: Timestamp) -> Said {
    Said { by: Who::clock(), at: now }
}

/// The same for a launch's person, before something of theirs is read.
pub async fn gather_for(server: &Server, tenant: &TenantId, person: &PersonId) -> Result<u64, StoreError> {
    let (persons, whose) = (&*server.persons, &*server.plan_store.whose);
    gather(persons, whose, tenant, person, &follows(server.clock.now())).await
}

/// Lets what hangs on anybody who was ever joined follow. Returns how many documents came over.
pub async fn gather_all(server: &Server) -> Result<u64, StoreError> {
    let said = follows(server.clock.now());
    let mut came = 0;
    for tenant in &server.config.tenants {
        let tenant = TenantId::new(tenant.id.as_str());
        for joined in server.persons.joined(&tenant).await? {
            if let Some(now) = server.persons.standing(&tenant, &joined).await? {
                came += server.plan_store.whose.join(&tenant, &joined, &now, &said).await?;
            }
        }
    }
    Ok(came)
}
