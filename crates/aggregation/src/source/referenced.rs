//! The second and third wave: what the resources refer to and nobody has sent yet.

use std::collections::{BTreeMap, BTreeSet};

use care_plan::snapshot::{Reason, Status};
use fhir_client::{Capability, FhirError, Query};
use futures::future::join_all;

use super::Task;
use crate::board::{REFERENCED, SlotName, Wave};
use crate::query_plan::{by_ids, includes};
use crate::status;

impl Task {
    /// What that wave asks for: what is referred to and not there, by type; marks the reads that will be made. What does
    /// not come stays a reference that leads nowhere, which the plan reports.
    pub(super) fn missing(&self, wave: Wave, asked: &mut BTreeSet<(String, String)>) -> BTreeMap<String, Vec<String>> {
        self.quietly(|desk, now| desk.missing(wave, asked, now)).unwrap_or_default()
    }

    /// Asks for resources of one type.
    pub(super) async fn kind_by_ids(&self, kind: String, ids: Vec<String>, wave: Wave) {
        let name = SlotName::part(&kind, REFERENCED);
        let status = self.by_ids(&name, &ids, wave).await;
        self.tell(|desk, now| {
            desk.end_request(&name, status, now);
            self.relearn(desk);
        });
    }

    async fn by_ids(&self, name: &SlotName, ids: &[String], wave: Wave) -> Status {
        let kind = name.kind.as_str();
        if !self.may_read(kind) {
            return Status::NotPermitted(Reason::NoScope);
        }
        let known = self.connection.server.known_capability();
        if known.as_ref().is_some_and(|known| known.lacks(kind)) {
            return Status::NotSupported;
        }
        if ids.len() > 1 && known.is_none_or(|known| takes_ids(&known, kind)) {
            let lists = lists(ids, self.limits.ids).into_iter().map(|ids| self.by_search(name, ids, wave));
            join_all(lists).await.into_iter().reduce(status::joined).unwrap_or(Status::Complete)
        } else {
            self.by_reads(name, ids, wave).await
        }
    }

    async fn by_search(&self, name: &SlotName, ids: &[String], wave: Wave) -> Status {
        match self.search(name, &self.query(&name.kind, ids), wave).await {
            // Some types can only be read (Medication in US Core).
            fhir_client::Status::Rejected { .. } | fhir_client::Status::NotSupported => {
                self.by_reads(name, ids, wave).await
            }
            other => status::status(other),
        }
    }

    /// The search by ids, with what may come along with it: the people and the places of roles.
    fn query(&self, kind: &str, ids: &[String]) -> Query {
        let stated = self.connection.server.known_capability();
        includes(stated.as_deref(), &self.connection.profile, &*self.connection.permitted, kind)
            .into_iter()
            .fold(by_ids(kind, ids), |query, path| query.with("_include", path))
    }

    async fn by_reads(&self, name: &SlotName, ids: &[String], wave: Wave) -> Status {
        let (now, beyond) = ids.split_at(ids.len().min(self.limits.reads));
        let reads = join_all(now.iter().map(|id| async {
            match self.read(name, id, wave).await {
                Ok(()) => Status::Complete,
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

/// True where the server says nothing against a search of the type by ids. One that lists its parameters and not this one
/// may pass over it, and send everything.
fn takes_ids(stated: &Capability, kind: &str) -> bool {
    let listed = stated.types.get(kind).is_some_and(|offer| !offer.search_params.is_empty());
    stated.types.is_empty() || stated.can(kind, "search-type") && (!listed || stated.searches_by(kind, "_id"))
}

/// Cuts the ids into lists of at most so many characters, and of one id at least.
pub(super) fn lists(ids: &[String], characters: usize) -> Vec<&[String]> {
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
