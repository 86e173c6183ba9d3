//! Whose a Patient of a source is.

use access::{PatientAt, PersonId, StoreError, TenantId};
use async_trait::async_trait;

/// Says whom a tenant knows: by links that were proven, never by name and birth date.
#[async_trait]
pub trait PatientIdentity: Send + Sync {
    /// The person whose this Patient is; `None` where nothing proves it.
    async fn person_of(&self, tenant: &TenantId, patient: &PatientAt) -> Result<Option<PersonId>, StoreError>;
    /// Who a person is by now, whom a token names; `None` for nobody, and where nobody can say who.
    async fn now(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        let _ = tenant;
        Ok(Some(person.clone()))
    }
    /// Lets what hung on those who were joined into a person be at hand with them. It may write, so it is asked for once it
    /// is known that the caller reaches them.
    async fn at_hand(&self, tenant: &TenantId, person: &PersonId) -> Result<(), StoreError> {
        let (_, _) = (tenant, person);
        Ok(())
    }
    /// True where the tenant knows this person.
    async fn knows(&self, tenant: &TenantId, person: &PersonId) -> Result<bool, StoreError>;
}
