//! Who somebody is by now, who is named by an id that was told once: persons turn out to be one, or two.

use access::{PersonId, StoreError, TenantId};
use async_trait::async_trait;

use super::{Failure, Service};

/// Says who a person is by now.
#[async_trait]
pub trait Standing: Send + Sync {
    /// The person themself, or the one that they were joined into; `None` for nobody, and where nobody can say who. What
    /// hung on those who were joined is at hand with the one who is told here.
    ///
    /// # Errors
    /// The stores.
    async fn now(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError>;
}

/// Where nobody is ever joined, everybody is who they are.
pub(super) struct AsNamed;

#[async_trait]
impl Standing for AsNamed {
    async fn now(&self, _: &TenantId, person: &PersonId) -> Result<Option<PersonId>, StoreError> {
        Ok(Some(person.clone()))
    }
}

impl Service {
    /// Who a person is by now. Tells nothing of them: whether the caller reaches them is asked of what is told.
    ///
    /// # Errors
    /// The stores.
    pub async fn standing(&self, tenant: &TenantId, person: &PersonId) -> Result<Option<PersonId>, Failure> {
        Ok(self.standing.now(tenant, person).await?)
    }
}
