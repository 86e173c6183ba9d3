//! Whose a Patient is, by the links that were proven, and who somebody is by now.

use std::sync::Arc;

use access::{Clock, PatientAt, PersonId, Persons, StoreError, TenantId};
use async_trait::async_trait;
use care_plan_service::identity::PatientIdentity;
use care_plan_service::service::Standing;
use shared_plan::ports::Whose;

use crate::person::{follows, gather};

/// The persons of Accord. Whoever is named by what one was called before is found with everything that came along.
pub struct Linked {
    persons: Arc<dyn Persons>,
    whose: Arc<dyn Whose>,
    clock: Arc<dyn Clock>,
}

impl Linked {
    /// Looks them up in these stores.
    pub fn new(persons: Arc<dyn Persons>, whose: Arc<dyn Whose>, clock: Arc<dyn Clock>) -> Self {
        Self { persons, whose, clock }
    }
}

#[async_trait]
impl PatientIdentity for Linked {
    async fn person_of(&self, tenant: &TenantId, patient: &PatientAt) -> Result<Option<PersonId>, StoreError> {
        self.persons.lookup(tenant, patient).await
    }

    async fn at_hand(&self, tenant: &TenantId, person: &PersonId) -> Result<(), StoreError> {
        gather(&*self.persons, &*self.whose, tenant, person, &follows(self.clock.now())).await.map(|_| ())
    }

    async fn now(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        Standing::now(self, tenant, person).await
    }

    async fn knows(&self, tenant: &TenantId, person: &PersonId) -> Result<bool, StoreError> {
        Ok(!self.persons.links(tenant, person).await?.is_empty())
    }
}

#[async_trait]
impl Standing for Linked {
    async fn now(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        let now = self.persons.standing(tenant, person).await?;
        if let Some(now) = now.as_ref().filter(|now| *now != person) {
            self.whose.join(tenant, person, now, &follows(self.clock.now())).await?;
        }
        Ok(now)
    }
}
