//! Reading.

use std::collections::BTreeSet;

use access::{Operation, PersonId, TenantId};
use shared_plan::plan::Plan;
use shared_plan::ports::{Document, Key, Kind, PartKey, Selection, VersionHead};
use shared_plan::{Entry, Id, Version};

use super::{Caller, Failure, People, Service, nobody};

/// Documents of a list, and where it goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The latest versions, in the order of their ids.
    pub documents: Vec<Document>,
    /// The id after which the next page begins; `None` on the last. Not always that of the last document here: what the
    /// caller does not reach was passed over.
    pub next: Option<String>,
}

impl Listed {
    /// True where so much was passed over that fewer documents than the `limit` were found, and it goes on: whoever
    /// follows the store from list to list stops here, and lets the next request go on.
    pub fn passed_over_many(&self, limit: usize) -> bool {
        self.next.is_some() && self.documents.len() < limit
    }
}

impl Service {
    /// The latest version of a plan.
    ///
    /// # Errors
    /// Not there for this caller; the policy; the stores.
    pub async fn plan(&self, caller: &Caller, id: Id<Plan>) -> Result<Plan, Failure> {
        let key = self.key(&caller.tenant, Kind::Plan, &id.to_string());
        Ok(Plan::from_document(&self.document(caller, &key).await?)?)
    }

    /// The latest version of a concern, an overlay or a decision.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn entry<E: Entry>(&self, caller: &Caller, id: Id<E>) -> Result<E, Failure> {
        let key = self.key(&caller.tenant, E::KIND, &id.to_string());
        Ok(E::from_document(&self.document(caller, &key).await?)?)
    }

    /// The latest version of any document.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn document(&self, caller: &Caller, key: &Key) -> Result<Document, Failure> {
        self.allowed(caller, Operation::ReadSharedPlan).await?;
        let found = self.documents.lookup(key).await?;
        self.told(caller, found).await
    }

    /// One version of a document.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn version(&self, caller: &Caller, key: &Key, version: Version) -> Result<Document, Failure> {
        self.allowed(caller, Operation::ReadSharedPlan).await?;
        let found = self.documents.version(key, version).await?;
        self.told(caller, found).await
    }

    /// Who made which version of a document, newest first: before the version `after` where it names one, at most `limit`.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn versions(
        &self,
        caller: &Caller,
        key: &Key,
        after: Option<Version>,
        limit: usize,
    ) -> Result<Vec<VersionHead>, Failure> {
        self.document(caller, key).await?;
        Ok(self.documents.versions(key, after, limit).await?)
    }

    /// The document that holds a part, in its latest version.
    ///
    /// # Errors
    /// As [`Service::plan`].
    pub async fn holder(&self, caller: &Caller, part: &PartKey) -> Result<Document, Failure> {
        self.allowed(caller, Operation::ReadSharedPlan).await?;
        let holder = self.documents.holder_of(&caller.tenant, part).await?;
        // What does not exist is looked up as well: who counts the time shall not learn that somebody else has it.
        let key = holder.clone().unwrap_or_else(|| self.key(&caller.tenant, Kind::Plan, &part.id));
        let found = self.documents.lookup(&key).await?.filter(|_| holder.is_some());
        self.told(caller, found).await
    }

    /// The documents of a selection that this caller reaches, after the id `after`, at most `limit`.
    ///
    /// # Errors
    /// The policy; the stores.
    pub async fn list(
        &self,
        caller: &Caller,
        mut selection: Selection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Listed, Failure> {
        self.allowed(caller, Operation::ReadSharedPlan).await?;
        if let (People::Only(only), None) = (&caller.people, &selection.person) {
            selection.person = Some(only.clone());
        }
        let mut is_nobody = false;
        if let Some(named) = selection.person.take() {
            // Whoever was joined into another is named by their former id, too.
            let now = self.standing(&caller.tenant, &named).await?;
            is_nobody = now.is_none();
            selection.person = Some(now.unwrap_or_else(nobody));
        }
        let Some(person) = &selection.person else {
            let listed = self.of_everybody(caller, &selection, after, limit).await?;
            // A list over everybody is an event in the log of each person that it tells of.
            let people: BTreeSet<&PersonId> = listed.documents.iter().map(|document| &document.person).collect();
            self.tells_of(caller, &people.into_iter().collect::<Vec<_>>()).await?;
            return Ok(listed);
        };
        // Somebody else's plans are none, as those of nobody are, for whom a way is asked all the same.
        if !self.reaches(caller, person).await? || is_nobody {
            return self.told_none(caller).await;
        }
        self.note(caller, Operation::ReadSharedPlan, Some(person)).await?;
        let mut documents = self.documents.list(&caller.tenant, &selection, after, limit + 1).await?;
        let more = documents.len() > limit;
        documents.truncate(limit);
        let next = if more { documents.last().map(|last| last.key.id.clone()) } else { None };
        Ok(Listed { documents, next })
    }

    /// A key of the caller's tenant.
    pub fn key(&self, tenant: &TenantId, kind: Kind, id: &str) -> Key {
        Key { tenant: tenant.clone(), kind, id: id.to_owned() }
    }

    /// Writes that it is told, and only then tells it.
    pub(super) async fn told(&self, caller: &Caller, found: Option<Document>) -> Result<Document, Failure> {
        let operation = Operation::ReadSharedPlan;
        let mine = self.within_reach(caller, found).await?;
        match &mine {
            Some(document) => self.note_of(caller, operation, &document.person, &document.key).await?,
            None => self.note(caller, operation, None).await?,
        }
        mine.ok_or(Failure::NotFound)
    }

    async fn told_none(&self, caller: &Caller) -> Result<Listed, Failure> {
        self.note(caller, Operation::ReadSharedPlan, None).await?;
        Ok(Listed { documents: Vec::new(), next: None })
    }
}
