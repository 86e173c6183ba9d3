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

/// Searches by target that are made at most, those of the types of which there is least first.
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
        let (mut status, mut is_offered) = self.asked_about();
        let by_target = stated.searches_by("Provenance", "target");
        let (mut targets, mut again, mut never) = (Vec::new(), Vec::new(), false);
        for (kind, names) in self.without_provenance() {
            let announced = announces_provenance(&stated, &kind);
            // Of the many, pages are fewer requests than lists of ids.
            let is_long = names.iter().map(String::len).sum::<usize>() > self.limits.ids;
            match (by_target, announced) {
                (_, true) if is_long || !by_target => again.push(kind),
                (true, _) => targets.push((is_long, names)),
                (false, _) => never = true,
            }
        }
        is_offered |= !again.is_empty();
        targets.sort();
        let targets: Vec<String> = targets.into_iter().flat_map(|(_, names)| names).collect();
        let (listed, repeated) = futures::join!(
            self.by_target(&name, &targets),
            join_all(again.iter().map(|kind| self.once_more(&name, kind)))
        );
        status = listed.into_iter().chain(repeated).fold(status, status::joined);
        if never {
            // A source that has Provenance and no way to find it is not one that has none.
            status = if is_offered {
                status::joined(status, Status::Partial(Reason::OnlyPart))
            } else {
                Status::NotSupported
            };
        }
        self.end(&name, status);
    }

    /// How complete that is of which the Provenance is wanted: it can be no more complete itself, and what could not be
    /// read is not something without origin. And whether some came along.
    fn asked_about(&self) -> (Status, bool) {
        let looked = self.quietly(|desk, _| {
            let searched = |name: &SlotName| self.plan.searches.iter().any(|search| search.kind == name.kind);
            let slots = desk.slots.iter().filter(|(name, _)| searched(name));
            let statuses = slots.filter_map(|(_, slot)| match &slot.status {
                Status::NotSupported | Status::NotPermitted(_) => None,
                Status::Partial(Reason::EntriesUnusable(_)) => Some(Status::Complete),
                other => Some(other.clone()),
            });
            (statuses.reduce(status::joined).unwrap_or(Status::Complete), !desk.with_provenance.is_empty())
        });
        looked.unwrap_or((Status::Complete, false))
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

    async fn by_target(&self, name: &SlotName, targets: &[String]) -> Option<Status> {
        let lists = lists(targets, self.limits.ids);
        let (now, beyond) = lists.split_at(lists.len().min(MOST));
        let asked = now.iter().map(|targets| self.ask(name, provenance_of(targets, self.limits.count)));
        let status = join_all(asked).await.into_iter().reduce(status::joined)?;
        Some(if beyond.is_empty() { status } else { status::joined(status, Status::Partial(Reason::OnlyPart)) })
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
                    desk.forget_known(&mut sifted);
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
