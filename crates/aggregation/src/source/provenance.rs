//! Where what was found comes from, where that did not come along with it.

use std::collections::{BTreeMap, BTreeSet};

use care_plan::snapshot::{Reason, Status};
use fhir_client::Query;
use futures::future::join_all;

use super::Task;
use super::referenced::lists;
use crate::board::{SlotName, Wave};
use crate::query_plan::{again_with_provenance, announces_provenance, provenance_of};
use crate::sift::Sifted;
use crate::status;

/// Searches by target that are made at most, those of the types of which there is least first.
const MOST: usize = 20;

/// How far the Provenance is asked for.
#[derive(Default)]
pub(super) struct Origins {
    /// Types that were asked about.
    asked: BTreeSet<String>,
    passes: usize,
    is_last_begun: bool,
    status: Option<Status>,
    is_offered: bool,
    never: bool,
}

/// What came of asking about some types.
pub(super) enum Pass {
    /// The source gives no Provenance, or does not say whether it does.
    Ends(Status),
    /// It was asked for.
    Asked {
        status: Option<Status>,
        /// Some comes along with what it is about.
        is_offered: bool,
        /// Of some types it can be asked for in no way.
        never: bool,
    },
}

impl Task {
    /// What the next pass asks about: the types that have been searched for since the last. The pass after the first wave
    /// is the last.
    pub(super) fn begin_pass(&self, origins: &mut Origins, is_last: bool) -> Option<BTreeSet<String>> {
        if origins.is_last_begun {
            return None;
        }
        let kinds = self.plan.searches.iter().map(|search| search.kind.to_owned());
        let ended = self.quietly(|desk, _| kinds.filter(|kind| !desk.is_searched(kind)).collect::<BTreeSet<_>>());
        let kinds: BTreeSet<String> = ended.unwrap_or_default().difference(&origins.asked).cloned().collect();
        if kinds.is_empty() && !is_last {
            return None;
        }
        origins.is_last_begun = is_last;
        origins.passes += 1;
        origins.asked.extend(kinds.iter().cloned());
        Some(kinds)
    }

    /// Notes what came of a pass; the read of Provenance ends with the last.
    pub(super) fn end_pass(&self, origins: &mut Origins, pass: Pass) {
        origins.passes -= 1;
        let name = SlotName::whole("Provenance");
        match pass {
            Pass::Ends(status) => {
                origins.is_last_begun = true;
                return self.end(&name, status);
            }
            Pass::Asked { status, is_offered, never } => {
                origins.status = origins.status.take().into_iter().chain(status).reduce(status::joined);
                origins.is_offered |= is_offered;
                origins.never |= never;
            }
        }
        if !origins.is_last_begun || origins.passes > 0 {
            return;
        }
        let (status, came_along) = self.asked_about();
        let status = origins.status.take().into_iter().fold(status, status::joined);
        let status = match (origins.never, origins.is_offered || came_along) {
            (false, _) => status,
            // A source that has Provenance and no way to find it is not one that has none.
            (true, true) => status::joined(status, Status::Partial(Reason::OnlyPart)),
            (true, false) => Status::NotSupported,
        };
        self.end(&name, status);
    }

    /// Asks for the Provenance of what came without it: by its targets, else by the searches once more. What the source
    /// gives no way to ask for is said.
    pub(super) async fn provenance(&self, kinds: BTreeSet<String>) -> Pass {
        let name = SlotName::whole("Provenance");
        if !self.may_read("Provenance") {
            return Pass::Ends(Status::NotPermitted(Reason::NoScope));
        }
        let stated = match self.connection.server.capability().await {
            Ok(stated) => stated,
            Err(error) => return Pass::Ends(status::of_error(error)),
        };
        if stated.lacks("Provenance") {
            return Pass::Ends(Status::NotSupported);
        }
        let by_target = stated.searches_by("Provenance", "target");
        let (mut targets, mut again, mut never) = (Vec::new(), Vec::new(), false);
        for (kind, names) in self.without_provenance(&kinds) {
            let announced = announces_provenance(&stated, &kind);
            // Of the many, pages are fewer requests than lists of ids.
            let is_long = names.iter().map(String::len).sum::<usize>() > self.limits.ids;
            match (by_target, announced) {
                (_, true) if is_long || !by_target => again.push(kind),
                (true, _) => targets.push((is_long, names)),
                (false, _) => never = true,
            }
        }
        targets.sort();
        let targets: Vec<String> = targets.into_iter().flat_map(|(_, names)| names).collect();
        let (listed, repeated) = futures::join!(
            self.by_target(&name, &targets),
            join_all(again.iter().map(|kind| self.once_more(&name, kind)))
        );
        let status = listed.into_iter().chain(repeated).reduce(status::joined);
        Pass::Asked { status, is_offered: !again.is_empty(), never }
    }

    /// How complete that is of which the Provenance is wanted: it can be no more complete itself, and what could not be
    /// read is not something without origin. And whether some came along.
    fn asked_about(&self) -> (Status, bool) {
        let looked = self.quietly(|desk, _| {
            // What is asked for because others refer to it may still be under way, and says nothing of the searches.
            let searched =
                |name: &SlotName| !name.is_along() && self.plan.searches.iter().any(|search| search.kind == name.kind);
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

    /// What of these types came without its Provenance: type and id, by type.
    fn without_provenance(&self, kinds: &BTreeSet<String>) -> BTreeMap<String, Vec<String>> {
        let mut without: BTreeMap<String, Vec<String>> = BTreeMap::new();
        self.quietly(|desk, _| {
            let all = desk.slots.values().flat_map(|slot| &slot.resources);
            for resource in all.filter(|resource| kinds.contains(resource.kind())) {
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
        match self.search(name, &query, Wave::Second).await {
            fhir_client::Status::Rejected { .. } => Status::NotSupported,
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
                    desk.take(name, std::mem::take(&mut sifted), Wave::Second, now);
                });
            };
            match self.connection.server.search_pages(&query, take).await.status {
                fhir_client::Status::Rejected { .. } => Status::Partial(Reason::OnlyPart),
                other => status::status(other),
            }
        });
        join_all(asked).await.into_iter().reduce(status::joined).unwrap_or(Status::Complete)
    }
}
