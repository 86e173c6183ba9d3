//! The end of a write: it is noted, kept and told, or told as it was made before.

use access::Operation;
use shared_plan::ChangedEntry;
use shared_plan::ports::Committed;

use super::place::Written;
use super::{Asked, SavedEntry};
use crate::service::{Caller, Failure, Service};

impl Service {
    /// What the same request has made before, where it was asked before.
    pub(super) async fn asked_before<K: Written>(
        &self,
        caller: &Caller,
        asked: &Asked,
    ) -> Result<Option<SavedEntry<K>>, Failure> {
        let Some(once) = &asked.once else { return Ok(None) };
        match self.documents.used(&caller.tenant, once).await? {
            Some(committed) => self.made_then(caller, committed).await.map(Some),
            None => Ok(None),
        }
    }

    /// Writes the event, keeps the change, and tells what came of it.
    pub(super) async fn keep<K: Written>(
        &self,
        caller: &Caller,
        operation: Operation,
        changed: ChangedEntry<K>,
        asked: &Asked,
    ) -> Result<SavedEntry<K>, Failure> {
        let person = changed.entry.head().person.clone();
        self.note_of(caller, operation, &person, &changed.entry.key()).await?;
        let mut commit = changed.commit(self.random.as_ref(), asked.once.clone());
        commit.document.written_at = caller.record.clone();
        let kept = match self.documents.commit(&commit).await {
            Ok(Committed::Kept) => return Ok(SavedEntry { entry: changed.entry, repeated: false }),
            Ok(committed) => self.made_then(caller, committed).await,
            Err(error) => Err(error.into()),
        };
        if kept.is_err() {
            self.note_failed(caller, operation, Some(&person)).await;
        }
        kept
    }

    /// What a request has made that was carried out before, by itself or by its like at the same moment.
    async fn made_then<K: Written>(&self, caller: &Caller, committed: Committed) -> Result<SavedEntry<K>, Failure> {
        match committed {
            Committed::Kept | Committed::Missing => Err(Failure::NotFound),
            Committed::Stale(now) => Err(Failure::Stale { now }),
            Committed::KeyReused => Err(Failure::KeyReused),
            Committed::Repeated { key, .. } if key.kind != K::KIND => Err(Failure::KeyReused),
            Committed::Repeated { key, version } => {
                let document = self.documents.version(&key, version).await?;
                let mine = self.told(caller, document).await?;
                Ok(SavedEntry { entry: K::from_document(&mine)?, repeated: true })
            }
        }
    }
}
