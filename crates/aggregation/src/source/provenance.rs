//! Where what was found comes from, where that did not come along with it.

use std::collections::BTreeMap;

use care_plan::snapshot::{Reason, Status};
use fhir_client::Query;
use futures::future::join_all;

use super::Task;
use super::referenced::lists;
use crate::board::SlotName;
use crate::query_plan::{again_with_provenance, announces_provenance, provenance_of};
use crate::sift::Sifted;
use crate::status;

/// Searches by target that are made at most, those for the types of the plan first.
const MOST: usize = 20;

impl Task {
    /// Asks for the Provenance of what came without it: by its targets, else by the searches once more. What the source
    /// gives no way to ask for is said.
    pub(super) async fn provenance(&self) {
        let name = SlotName::whole("Provenance");
        if !self.may_read("Provenance") {
            return self.end(&name, Status::NotPermitted(Reason::NoScope));
        }
        let stated = match self.connection.server.capability().await {
            Ok(stated) => stated,
            Err(error) => return self.end(&name, status::of_error(error)),
        };
        if stated.lacks("Provenance") {
            return self.end(&name, Status::NotSupported);
        }
        let carried = self.carried();
        let mut is_offered = carried.is_some();
        let mut status = carried.unwrap_or(Status::Complete);
        let without = self.without_provenance();
        if !without.is_empty() && stated.searches_by("Provenance", "target") {
            status = status::joined(status, self.by_target(&name, &without).await);
        } else {
            let (again, never): (Vec<_>, Vec<_>) =
                without.into_keys().partition(|kind| announces_provenance(&stated, kind));
            is_offered |= !again.is_empty();
            let asked = join_all(again.iter().map(|kind| self.once_more(&name, kind))).await;
            status = asked.into_iter().fold(status, status::joined);
            status = match never.is_empty() {
                true => status,
                false if is_offered => status::joined(status, Status::Partial(Reason::OnlyPart)),
                // It has Provenance, and no way to find it: that is not the same as having none.
                false => Status::NotSupported,
            };
        }
        self.end(&name, status);
    }

    /// How complete the Provenance is that came along: as complete as what it came with. `None` where none did.
    fn carried(&self) -> Option<Status> {
        self.quietly(|desk, _| {
            let carriers = desk.slots.iter().filter(|(name, _)| desk.with_provenance.contains(&name.kind));
            let statuses = carriers.map(|(_, slot)| match &slot.status {
                Status::NotSupported => Status::Complete,
                Status::Partial(Reason::EntriesUnusable(_)) => Status::Complete,
                Status::Failed(why) | Status::NotPermitted(why) => Status::Partial(why.clone()),
                other => other.clone(),
            });
            statuses.reduce(status::joined)
        })
        .flatten()
    }

    /// What came without its Provenance: type and id, by type.
    fn without_provenance(&self) -> BTreeMap<String, Vec<String>> {
        let mut without: BTreeMap<String, Vec<String>> = BTreeMap::new();
        self.quietly(|desk, _| {
            let searched = |kind: &str| self.plan.searches.iter().any(|search| search.kind == kind);
            let all = desk.slots.values().flat_map(|slot| &slot.resources);
            for resource in all.filter(|resource| searched(resource.kind())) {
                if !desk.with_provenance.contains(resource.kind()) {
                    let name = format!("{}/{}", resource.kind(), resource.id());
                    without.entry(resource.kind().to_owned()).or_default().push(name);
                }
            }
        });
        for names in without.values_mut() {
            names.sort();
            names.dedup();
        }
        without
    }

    async fn by_target(&self, name: &SlotName, without: &BTreeMap<String, Vec<String>>) -> Status {
        // Measures and visits are many; what is planned is what people ask about.
        let many = ["Observation", "Encounter", "DiagnosticReport"];
        let of_plan = without.iter().filter(|(kind, _)| !many.contains(&kind.as_str()));
        let others = without.iter().filter(|(kind, _)| many.contains(&kind.as_str()));
        let targets: Vec<String> = of_plan.chain(others).flat_map(|(_, names)| names.iter().cloned()).collect();
        let lists = lists(&targets, self.limits.ids);
        let (now, beyond) = lists.split_at(lists.len().min(MOST));
        let asked = now.iter().map(|targets| self.ask(name, provenance_of(targets, self.limits.count)));
        let status = join_all(asked).await.into_iter().reduce(status::joined).unwrap_or(Status::Complete);
        if beyond.is_empty() { status } else { status::joined(status, Status::Partial(Reason::OnlyPart)) }
    }

    async fn ask(&self, name: &SlotName, query: Query) -> Status {
        match self.search(name, &query).await {
            fhir_client::Status::Rejected(_) => Status::NotSupported,
            other => status::status(other),
        }
    }

    /// Makes the searches for a type once more, for what comes along now that the source has said that it does. Of what
    /// is there already nothing is taken twice.
    async fn once_more(&self, name: &SlotName, kind: &str) -> Status {
        let queries = self.quietly(|desk, _| desk.taken.get(kind).cloned()).flatten().unwrap_or_default();
        let asked = queries.iter().map(|query| async {
            let query = again_with_provenance(query);
            let take = &mut |page| {
                let mut sifted = Sifted::page(page, kind, &self.source, &self.person);
                self.quietly(|desk, now| {
                    sifted.forget(|resource| desk.holds(resource));
                    desk.take(name, std::mem::take(&mut sifted), now);
                });
            };
            match self.connection.server.search_pages(&query, take).await.status {
                fhir_client::Status::Rejected(_) => Status::Partial(Reason::OnlyPart),
                other => status::status(other),
            }
        });
        join_all(asked).await.into_iter().reduce(status::joined).unwrap_or(Status::Complete)
    }
}
