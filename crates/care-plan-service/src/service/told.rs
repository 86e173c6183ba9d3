//! What belongs to a reading that was noted already.

use access::{AuditEvent, Operation, PersonId};
use shared_plan::Version;
use shared_plan::ports::{Document, VersionHead};

use super::{Caller, Failure, Service};

impl Service {
    /// Who made which version of a document that this caller was told of, newest first.
    ///
    /// # Errors
    /// Not this caller's; the store.
    pub async fn heads_of(&self, caller: &Caller, told: &Document) -> Result<Vec<VersionHead>, Failure> {
        mine(caller, told)?;
        Ok(self.documents.versions(&told.key).await?)
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

fn mine(caller: &Caller, told: &Document) -> Result<(), Failure> {
    let mine = told.key.tenant == caller.tenant && caller.reaches(&told.person);
    if mine { Ok(()) } else { Err(Failure::NotFound) }
}
