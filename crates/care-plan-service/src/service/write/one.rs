//! What a person has one of: it is made, or made anew, in one place. Whoever makes it at the same moment makes the same
//! document, so the store lets one of them.

use access::{Operation, PersonId, TenantId};
use async_trait::async_trait;
use shared_plan::ports::Selection;
use shared_plan::{OneOfAKind, Version};

use super::place::{Place, Written};
use crate::service::{Caller, Failure, Service};

/// Documents that are looked through at a time.
const PAGE: usize = 200;

/// What a person has one of.
pub(super) struct One<K> {
    pub(super) tenant: TenantId,
    pub(super) person: PersonId,
    /// True for the one that is meant, also where it was made for a person who is this person now.
    pub(super) is_same: Box<dyn Fn(&K) -> bool + Send + Sync>,
    /// True where it counts no more: then it is nobody's, and made anew by whoever has not seen it.
    pub(super) is_ended: fn(&K) -> bool,
    pub(super) owner: fn(&K) -> Option<Operation>,
}

#[async_trait]
impl<K: Written + OneOfAKind> Place<K> for One<K> {
    type Reached = ();
    type Before = Option<K>;

    async fn reach(&self, service: &Service, caller: &Caller) -> Result<(), Failure> {
        service.reach_person(caller, &self.tenant, &self.person).await
    }

    /// The one that counts, where two persons with one each became one person.
    async fn before(&self, service: &Service, (): ()) -> Result<Option<K>, Failure> {
        let person = Some(self.person.clone());
        let selection = Selection { kind: K::KIND, person, statuses: Vec::new(), changed_since: None };
        let mut found: Option<K> = None;
        let mut after: Option<String> = None;
        loop {
            let documents = service.documents.list(&self.tenant, &selection, after.as_deref(), PAGE).await?;
            let is_last = documents.len() < PAGE;
            after = documents.last().map(|last| last.key.id.clone());
            for document in &documents {
                let entry = K::from_document(document)?;
                // One that counts goes before one that has ended, and the newer before the older.
                let weight = |entry: &K| (!(self.is_ended)(entry), entry.head().at);
                if (self.is_same)(&entry) && found.as_ref().is_none_or(|known| weight(known) < weight(&entry)) {
                    found = Some(entry);
                }
            }
            if is_last {
                return Ok(found);
            }
        }
    }

    fn standing(before: &Option<K>) -> Option<&K> {
        before.as_ref()
    }

    fn check_seen(&self, before: &Option<K>, seen: Option<Version>) -> Result<(), Failure> {
        match (before, seen) {
            (None, None) => Ok(()),
            (None, Some(_)) => Err(Failure::NotFound),
            (Some(before), None) if (self.is_ended)(before) => Ok(()),
            (Some(before), Some(seen)) if seen == before.head().version => Ok(()),
            (Some(before), _) => Err(Failure::Stale { now: before.head().version }),
        }
    }

    fn owner(&self, before: &Option<K>) -> Option<Operation> {
        before.as_ref().filter(|before| !(self.is_ended)(before)).and_then(self.owner)
    }

    /// Lets a new one have an id that nothing of somebody else has. What was made for a person and turned out to be
    /// another's keeps its id there for ever, also where that was a mistake; two who make it at once still meet in the next.
    async fn name(&self, service: &Service, before: &Option<K>, made: &mut K) -> Result<(), Failure> {
        if before.is_some() {
            return Ok(());
        }
        for others in 1..=u32::MAX {
            match service.documents.lookup(&made.key()).await? {
                Some(found) if found.person != self.person => made.pass(others),
                _ => return Ok(()),
            }
        }
        Ok(())
    }
}
