//! Persons. Which Patient is meant is found by a mark, and sealed.
//!
//! Whatever changes what hangs on a person holds the person first ([`hold`]); where there are two, in the order of their
//! ids. Of the shared plan that is whoever makes a document and whoever lets documents follow a join or a split, in the
//! order idempotency key, person, document; a document that is there already keeps for itself on whom it hangs
//! (`shared_plan/whose.rs`). That a Patient is one person's only is kept by a unique index: of two who link it at once,
//! one looks again.

mod apart;
mod links;
mod purge;
mod standing;

use access::person::{EndedLink, Ending, HeldLink, Joined, Joining, Linking, Split};
use access::{Link, PatientAt, PersonId, Persons, StoreError, TenantId};
use async_trait::async_trait;
use jiff::Timestamp;

use crate::database::unasked;
use crate::step::{Aim, Door, Step, Value};
use crate::time::to_column;

pub(crate) use purge::{forget, purge};

/// How often somebody looks again whose a Patient is. Each time somebody else has linked it and taken it apart since.
const LOOKS: usize = 16;

/// The `person` and `person_link` tables.
#[derive(Clone)]
pub(crate) struct StoredPersons<D>(pub(crate) D);

#[async_trait]
impl<D: Door> Persons for StoredPersons<D> {
    async fn lookup(&self, tenant: &TenantId, at: &PatientAt) -> Result<Option<PersonId>, StoreError> {
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        self.whose(&mut step, tenant, at).await
    }

    async fn find_or_create(&self, tenant: &TenantId, link: &Link) -> Result<PersonId, StoreError> {
        if let Some(person) = self.lookup(tenant, &link.at).await? {
            return Ok(person);
        }
        for _ in 0..LOOKS {
            let mut step = self.0.begin(tenant, Aim::Write).await?;
            if let Some(person) = self.whose(&mut step, tenant, &link.at).await? {
                return Ok(person);
            }
            let person = self.create(&mut step, tenant, link.when).await?;
            if self.insert(&mut step, tenant, &person, link).await? {
                step.commit().await?;
                return Ok(person);
            }
        }
        Err(unasked("whose a Patient is changes without an end"))
    }

    async fn link(&self, tenant: &TenantId, person: &PersonId, link: &Link) -> Result<Linking, StoreError> {
        for _ in 0..LOOKS {
            let mut step = self.0.begin(tenant, Aim::Write).await?;
            if !hold::<D>(&mut step, tenant, person).await? {
                return Ok(Linking::NoSuchPerson);
            }
            match self.whose(&mut step, tenant, &link.at).await? {
                Some(whose) if whose == *person => {
                    self.confirm(&mut step, tenant, person, link).await?;
                    step.commit().await?;
                    return Ok(Linking::AlreadyTheirs);
                }
                Some(whose) => return Ok(Linking::AnotherPersons(whose)),
                None if !link.how.is_enough() => return Ok(Linking::NotProven),
                None => {}
            }
            if self.insert(&mut step, tenant, person, link).await? {
                step.commit().await?;
                return Ok(Linking::Linked);
            }
        }
        Err(unasked("whose a Patient is changes without an end"))
    }

    async fn join(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        other: &PersonId,
        confirmed: &Joining,
    ) -> Result<Option<Joined>, StoreError> {
        self.join_both(tenant, person, other, confirmed).await
    }

    async fn split(
        &self,
        tenant: &TenantId,
        person: &PersonId,
        at: &PatientAt,
        home: &PatientAt,
        ending: &Ending,
    ) -> Result<Option<Split>, StoreError> {
        self.split_off(tenant, person, (at, home), ending).await
    }

    async fn links(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<Link>, StoreError> {
        let held = self.history(tenant, person).await?;
        Ok(held.into_iter().filter(|held| held.ended.is_none()).map(|held| held.link).collect())
    }

    async fn history(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<HeldLink>, StoreError> {
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        let all = self.all(&mut step, tenant, person).await?;
        Ok(all.into_iter().map(|(_, sealed)| HeldLink { link: sealed.link, ended: sealed.ended }).collect())
    }

    async fn ended_since(&self, tenant: &TenantId, since: Timestamp) -> Result<Vec<EndedLink>, StoreError> {
        self.lately_ended(tenant, since).await
    }

    async fn standing(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        self.now(&mut step, tenant, person).await
    }

    async fn joined_into_it(&self, tenant: &TenantId, person: &PersonId) -> Result<Vec<PersonId>, StoreError> {
        let mut step = self.0.begin(tenant, Aim::Read).await?;
        self.now_this_one(&mut step, tenant, person).await
    }

    async fn joined(&self, tenant: &TenantId) -> Result<Vec<PersonId>, StoreError> {
        self.ever_joined(tenant).await
    }
}

impl<D: Door> StoredPersons<D> {
    async fn create(&self, step: &mut D::Step, tenant: &TenantId, now: Timestamp) -> Result<PersonId, StoreError> {
        let person = PersonId::from_random(self.0.keeper(tenant)?.new_id());
        let query = "INSERT INTO person (tenant_id, id, created) VALUES ($1, $2, $3)";
        let values = [Value::Text(&tenant.0), Value::Text(person.as_str()), Value::Number(to_column(now))];
        step.execute(D::named(query), &values).await?;
        Ok(person)
    }
}

/// What the table says of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is there.
    Stands,
    /// It was joined into another.
    Joined,
    /// No such person is kept here.
    Unknown,
}

/// Lets nobody else change what hangs on a person before the step ends. True for one that was not joined into another.
pub(crate) async fn hold<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    person: &PersonId,
) -> Result<bool, StoreError> {
    Ok(kept::<D>(step, tenant, person, D::HELD).await? == Kept::Stands)
}

/// Looks at a person, and holds them where `held` says so.
pub(crate) async fn kept<D: Door>(
    step: &mut D::Step,
    tenant: &TenantId,
    person: &PersonId,
    held: &'static str,
) -> Result<Kept, StoreError> {
    let query = format!("SELECT joined_into FROM person WHERE tenant_id = $1 AND id = $2{held}");
    let values = [Value::Text(&tenant.0), Value::Text(person.as_str())];
    let found: Option<(Option<String>,)> = step.row(D::named(query), &values).await?;
    Ok(match found {
        Some((None,)) => Kept::Stands,
        Some((Some(_),)) => Kept::Joined,
        None => Kept::Unknown,
    })
}
