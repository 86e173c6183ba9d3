//! Whether anything is kept of a person at all.

use access::{PersonId, TenantId};
use shared_plan::ports::{Kind, Selection};

use super::{Failure, Service};

impl Service {
    /// Whether a plan, or anything that hangs on the person, is kept of them. Nobody is told what.
    ///
    /// # Errors
    /// The store.
    pub async fn keeps_something(&self, tenant: &TenantId, person: &PersonId) -> Result<bool, Failure> {
        for kind in [Kind::Plan, Kind::Concern, Kind::Decision, Kind::Overlay] {
            let person = Some(person.clone());
            let selection = Selection { kind, person, statuses: Vec::new(), changed_since: None };
            if !self.documents.list(tenant, &selection, None, 1).await?.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
