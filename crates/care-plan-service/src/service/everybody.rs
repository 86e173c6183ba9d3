//! The documents of everybody whom a caller reaches.

use std::collections::BTreeMap;

use access::PersonId;
use shared_plan::ports::{Document, Selection};

use super::{Caller, Failure, Listed, Service};

/// Documents that are looked at for one list; one that is not full then says where it goes on.
pub(super) const LOOKED_AT: usize = 2000;
/// Documents that are asked for at a time, at least.
const BATCH: usize = 100;

impl Service {
    /// The same, looking at so many documents for one list over everybody, instead of two thousand.
    #[must_use]
    pub fn looking_at(mut self, documents: usize) -> Self {
        self.looked_at = documents;
        self
    }

    /// A page of the documents of everybody whom the caller reaches; what is of others is passed over.
    ///
    /// # Errors
    /// The stores.
    pub(super) async fn of_everybody(
        &self,
        caller: &Caller,
        selection: &Selection,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Listed, Failure> {
        let mut known: BTreeMap<PersonId, bool> = BTreeMap::new();
        let mut documents: Vec<Document> = Vec::new();
        let mut after = after.map(str::to_owned);
        let mut looked_at = 0;
        let batch = BATCH.max(limit + 1);
        loop {
            let found = self.documents.list(&caller.tenant, selection, after.as_deref(), batch).await?;
            let is_last = found.len() < batch;
            looked_at += found.len();
            for document in found {
                let reaches = match known.get(&document.person) {
                    Some(reaches) => *reaches,
                    None => {
                        let reaches = self.reaches(caller, &document.person).await?;
                        known.insert(document.person.clone(), reaches);
                        reaches
                    }
                };
                if reaches && documents.len() == limit {
                    let next = documents.last().map(|last| last.key.id.clone());
                    return Ok(Listed { documents, next });
                }
                after = Some(document.key.id.clone());
                if reaches {
                    documents.push(document);
                }
            }
            if is_last {
                return Ok(Listed { documents, next: None });
            }
            if looked_at >= self.looked_at {
                return Ok(Listed { documents, next: after });
            }
        }
    }
}
