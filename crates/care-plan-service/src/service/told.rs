//! What belongs to a reading that was noted already.

use access::{AuditEvent, Operation, PersonId};
use shared_plan::Version;
use shared_plan::ports::{Document, VersionHead};

use super::{Caller, Failure, Service};

impl Service {
    /// Who made which version of a document that this caller was told of, newest first: before the version `after` where it
    /// names one, at most `limit`.
    ///
    /// # Errors
    /// Not this caller's; the store.
    pub async fn heads_of(
        &self,
        caller: &Caller,
        told: &Document,
        after: Option<Version>,
        limit: usize,
    ) -> Result<Vec<VersionHead>, Failure> {
        mine(caller, told)?;
        Ok(self.documents.versions(&told.key, after, limit).await?)
    }

    /// A former version of a document that this caller was told of.
    ///
    /// # Errors
    /// Not this caller's; the store.
    pub async fn former(
        &self,
        caller: &Caller,
        told: &Document,
        version: Version,
    ) -> Result<Option<Document>, Failure> {
        mine(caller, told)?;
        Ok(self.documents.version(&told.key, version).await?)
    }

    /// Writes of whom a list tells that was not about one person, before it is told; of nobody where it is empty.
    ///
    /// # Errors
    /// The audit log.
    pub async fn tells_of(&self, caller: &Caller, people: &[&PersonId]) -> Result<(), Failure> {
        let about = |person| self.event(caller, Operation::ReadSharedPlan, person);
        let mut events: Vec<AuditEvent> = people.iter().map(|person| about(Some(*person))).collect();
        if events.is_empty() {
            events.push(about(None));
        }
        self.audit.write_all(&events).await.map_err(Failure::Unaudited)
    }
}

/// What was told was asked for its way when it was; here it is only compared, so that a walk over the versions of one
/// document asks once.
fn mine(caller: &Caller, told: &Document) -> Result<(), Failure> {
    let mine = told.key.tenant == caller.tenant && caller.people.may_hold(&told.person);
    if mine { Ok(()) } else { Err(Failure::NotFound) }
}
