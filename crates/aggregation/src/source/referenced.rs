//! The second and third wave: what the resources refer to and nobody has sent yet.

use std::collections::{BTreeMap, BTreeSet};

use care_plan::snapshot::{Reason, Status};
use fhir_client::FhirError;
use futures::future::join_all;

use super::Task;
use crate::board::{Slot, SlotName};
use crate::searches::by_ids;
use crate::sift::Sifted;
use crate::status;

impl Task {
    /// Asks once for everything that is referred to and not there. What does not come stays a reference that leads
    /// nowhere, which the plan reports.
    pub(super) async fn referenced(&self, asked: &mut BTreeSet<(String, String)>) {
        let missing = self.missing(asked);
        join_all(missing.into_iter().map(|(kind, ids)| self.kind_by_ids(kind, ids))).await;
    }

    /// What is referred to and not there, by type; marks the reads that will be made.
    fn missing(&self, asked: &mut BTreeSet<(String, String)>) -> BTreeMap<String, Vec<String>> {
        let missing = self.quietly(|desk, now| {
            let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
            {
                let resources = desk.slots.values().flat_map(|slot| &slot.resources);
                let there: BTreeSet<(&str, &str)> =
                    resources.map(|resource| (resource.kind(), resource.id())).collect();
                for (kind, id) in &desk.wanted {
                    if !there.contains(&(kind, id)) && asked.insert((kind.clone(), id.clone())) {
                        missing.entry(kind.clone()).or_default().push(id.clone());
                    }
                }
            }
            for kind in missing.keys() {
                desk.slots.entry(name(kind)).or_insert_with(|| Slot::pending(now)).status = Status::Pending;
            }
            missing
        });
        missing.unwrap_or_default()
    }

    async fn kind_by_ids(&self, kind: String, ids: Vec<String>) {
        let name = name(&kind);
        if !self.may_read(&kind) {
            return self.end(&name, Status::NotPermitted(Reason::NoScope));
        }
        let known = self.connection.server.known_capability();
        let searches =
            ids.len() > 1 && known.is_none_or(|known| known.types.is_empty() || known.can(&kind, "search-type"));
        let status = if searches {
            let lists = lists(&ids, self.limits.ids).into_iter().map(|ids| self.by_search(&name, ids));
            join_all(lists).await.into_iter().reduce(status::joined).unwrap_or(Status::Complete)
        } else {
            self.by_reads(&name, &ids).await
        };
        self.end(&name, status);
    }

    async fn by_search(&self, name: &SlotName, ids: &[String]) -> Status {
        match self.search(name, &by_ids(&name.kind, ids)).await.status {
            // Some types can only be read (Medication in US Core).
            fhir_client::Status::Rejected(_) | fhir_client::Status::NotSupported => self.by_reads(name, ids).await,
            other => status::status(other),
        }
    }

    async fn by_reads(&self, name: &SlotName, ids: &[String]) -> Status {
        let (now, beyond) = ids.split_at(ids.len().min(self.limits.reads));
        let reads = join_all(now.iter().map(|id| async {
            match self.connection.server.read(&name.kind, id).await {
                Ok(read) => {
                    self.take(name, Sifted::one(read.resource, &self.source, &self.person));
                    Status::Complete
                }
                // Asked, and not there: the answer is complete.
                Err(FhirError::NotFound) => Status::Complete,
                Err(error) => status::of_error(error),
            }
        }))
        .await;
        let status = reads.into_iter().reduce(status::joined).unwrap_or(Status::Complete);
        if beyond.is_empty() { status } else { status::joined(status, Status::Partial(Reason::TooManyPages)) }
    }
}

/// Cuts the ids into lists of at most so many characters, and of one id at least.
fn lists(ids: &[String], characters: usize) -> Vec<&[String]> {
    let (mut lists, mut from, mut length) = (Vec::new(), 0, 0);
    for (at, id) in ids.iter().enumerate() {
        if at > from && length + id.len() > characters {
            lists.push(&ids[from..at]);
            (from, length) = (at, 0);
        }
        length += id.len() + 1;
    }
    if from < ids.len() {
        lists.push(&ids[from..]);
    }
    lists
}

fn name(kind: &str) -> SlotName {
    SlotName::part(kind, "referenced")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::lists;

    proptest! {
        #[test]
        fn every_id_is_in_one_list_and_no_list_is_too_long(
            ids in proptest::collection::vec("[a-z]{1,64}", 0..60),
            characters in 1usize..300,
        ) {
            let lists = lists(&ids, characters);
            prop_assert!(lists.iter().all(|list| list.len() == 1 || list.join(",").len() <= characters));
            prop_assert_eq!(lists.concat(), ids);
        }
    }
}
