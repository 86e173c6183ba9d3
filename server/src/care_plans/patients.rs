//! Whose a Patient is, by the links that were proven.

use std::sync::Arc;

use access::{PatientAt, PersonId, Persons, StoreError, TenantId};
use async_trait::async_trait;
use care_plan_service::identity::PatientIdentity;

/// The persons of Accord.
pub(super) struct Linked(pub(super) Arc<dyn Persons>);

#[async_trait]
impl PatientIdentity for Linked {
    async fn person_of(&self, tenant: &TenantId, patient: &PatientAt) -> Result<Option<PersonId>, StoreError> {
        self.0.lookup(tenant, patient).await
    }

    async fn knows(&self, tenant: &TenantId, person: &PersonId) -> Result<bool, StoreError> {
        Ok(!self.0.links(tenant, person).await?.is_empty())
    }
}
