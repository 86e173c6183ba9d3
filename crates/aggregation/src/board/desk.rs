//! What has been read of one source so far.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use care_plan::snapshot::{Problem, Reason, Record, Source, Status};
use fhir::{Release, Resource, ResourceKey};
use fhir_client::{Capability, FhirServer, Query};
use jiff::Timestamp;
use tokio::task::AbortHandle;
use url::Url;

use super::kept::Kept;
use super::newest::each_once;
use super::slot::{INCLUDED, REFERENCED};
use super::{Slot, SlotName, Wave};
use crate::sift::Sifted;
use crate::{LocalRecord, Permitted, Profile};

/// What is needed to read a source.
#[derive(Clone)]
pub(crate) struct Connection {
    /// Patient id at the source.
    pub(crate) patient: String,
    pub(crate) server: FhirServer,
    /// Which types the grant covers.
    pub(crate) permitted: Permitted,
    /// What is known of the source's vendor.
    pub(crate) profile: Arc<Profile>,
}

/// A record that is kept here.
#[derive(Clone)]
pub(crate) struct Local {
    /// The person's id here.
    pub(crate) patient: String,
    pub(crate) record: Arc<dyn LocalRecord>,
}

/// By what a record is read.
#[derive(Clone)]
pub(crate) enum Way {
    /// By asking its server.
    Server(Connection),
    /// It lies here.
    Here(Local),
}

impl Way {
    /// The person's Patient id there.
    pub(crate) fn patient(&self) -> &str {
        match self {
            Self::Server(connection) => &connection.patient,
            Self::Here(local) => &local.patient,
        }
    }

    /// Base of the addresses of its resources.
    pub(crate) fn base(&self) -> &Url {
        match self {
            Self::Server(connection) => connection.server.base(),
            Self::Here(local) => local.record.base(),
        }
    }
}

/// What has been read of one source so far.
pub(crate) struct Desk {
    pub(crate) source: Source,
    pub(crate) connection: Option<Way>,
    /// Counts the readings, so that one that was replaced can change nothing any more.
    pub(crate) generation: u64,
    /// What was set from outside, such as "sign-in expired".
    pub(crate) state: Option<Status>,
    pub(crate) slots: BTreeMap<SlotName, Slot>,
    /// What was read refers to these, by type and id: in which wave they are asked for.
    pub(crate) wanted: BTreeMap<Wave, BTreeSet<(String, String)>>,
    /// Types whose Provenance came along with them.
    pub(crate) with_provenance: BTreeSet<String>,
    /// The queries that the source has answered, by type.
    pub(crate) taken: BTreeMap<String, Vec<Query>>,
    /// Answers of the reading before, for a source that says that they have not changed.
    kept: Kept,
    /// The release that the source speaks; R4 until it has said.
    release: Release,
    under_way: bool,
    late: bool,
    as_of: Option<Timestamp>,
    task: Option<Running>,
}

impl Desk {
    /// A source where the person has not signed in.
    pub(crate) fn new(source: Source) -> Self {
        Self {
            source,
            connection: None,
            generation: 0,
            state: None,
            slots: BTreeMap::new(),
            wanted: BTreeMap::new(),
            with_provenance: BTreeSet::new(),
            taken: BTreeMap::new(),
            kept: Kept::default(),
            release: Release::R4,
            under_way: false,
            late: false,
            as_of: None,
            task: None,
        }
    }

    /// Clears the desk for a reading by a new connection, or for none.
    pub(crate) fn clear(&mut self, connection: Option<Way>) {
        let generation = self.generation + 1;
        *self = Self { generation, under_way: connection.is_some(), connection, ..Self::new(self.source.clone()) };
    }

    /// Clears the desk for one more reading by the same connection: what the source says has not changed is taken from
    /// this one.
    pub(crate) fn begin_again(&mut self) {
        let (kept, connection) = (std::mem::take(&mut self.kept), self.connection.take());
        self.clear(connection);
        self.kept = kept;
    }

    /// Answers of the reading before.
    pub(crate) fn kept(&mut self) -> &mut Kept {
        &mut self.kept
    }

    /// Ties the reading's task to the desk: it ends with it.
    pub(crate) fn runs(&mut self, task: AbortHandle) {
        self.task = Some(Running(task));
    }

    /// True while the source is being read and is not late.
    pub(crate) fn is_pending(&self) -> bool {
        self.under_way && !self.late && self.state.is_none()
    }

    /// From now on what has not come is shown as missing, though it is still waited for.
    pub(crate) fn mark_late(&mut self) {
        self.late = true;
    }

    /// Takes in what came for a read of that wave.
    pub(crate) fn take(&mut self, name: &SlotName, mut sifted: Sifted, wave: Wave, now: Timestamp) {
        if let Some(next) = wave.next() {
            self.wanted.entry(next).or_default().append(&mut sifted.wanted);
        }
        if self.release != Release::R4 {
            sifted.resources.iter_mut().for_each(|resource| *resource = of_release(resource, self.release));
        }
        for (kind, along) in sifted.part_off(&name.kind) {
            // Where things come from is one read, however it came.
            let name = if kind == PROVENANCE { SlotName::whole(&kind) } else { SlotName::part(&kind, INCLUDED) };
            self.slots.entry(name).or_insert_with(|| Slot::pending(now)).take(along, now);
        }
        self.slots.entry(name.clone()).or_insert_with(|| Slot::pending(now)).take(sifted, now);
        self.as_of = Some(now);
    }

    /// Ends the reads of what came along: with the wave in which it came, all of it is there.
    pub(crate) fn settle_included(&mut self, now: Timestamp) {
        let is_open = |(name, slot): &(&SlotName, &mut Slot)| {
            name.part.as_deref() == Some(INCLUDED) && slot.status == Status::Pending
        };
        self.slots.iter_mut().filter(is_open).for_each(|(_, slot)| slot.end(Status::Complete, now));
    }

    /// Puts the reads that will be made in the place of those of the same type.
    pub(crate) fn replan(&mut self, kind: &str, names: &[SlotName], now: Timestamp) {
        self.slots.retain(|name, _| name.kind != kind || name.is_along());
        for name in names {
            self.slots.insert(name.clone(), Slot::pending(now));
        }
    }

    /// Leaves out what is there already, in the same words.
    pub(crate) fn forget_known(&self, sifted: &mut Sifted) {
        let came: BTreeSet<_> = sifted.resources.iter().map(|resource| resource.key().clone()).collect();
        let all = self.slots.values().flat_map(|slot| &slot.resources).filter(|known| came.contains(known.key()));
        let known: BTreeSet<(&ResourceKey, &str)> = all.map(|known| (known.key(), known.raw())).collect();
        sifted.forget(|resource| known.contains(&(resource.key(), resource.raw())));
    }

    /// True while the searches for the type are under way, whatever comes along with others.
    pub(crate) fn is_searched(&self, kind: &str) -> bool {
        self.slots.iter().any(|(name, slot)| name.kind == kind && !name.is_along() && slot.status == Status::Pending)
    }

    /// What is referred to, is not there and is not being searched for, by type; marks the reads that will be made.
    pub(crate) fn missing(
        &mut self,
        wave: Wave,
        asked: &mut BTreeSet<(String, String)>,
        now: Timestamp,
    ) -> BTreeMap<String, Vec<String>> {
        let mut missing: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let wanted = self.wanted.remove(&wave).unwrap_or_default();
        let resources = self.slots.values().flat_map(|slot| &slot.resources);
        let there: BTreeSet<(&str, &str)> = resources.map(|resource| (resource.kind(), resource.id())).collect();
        let mut later = BTreeSet::new();
        for (kind, id) in wanted {
            if there.contains(&(&kind, &id)) {
                continue;
            }
            // Of what a search may still bring nothing is asked for twice.
            if self.is_searched(&kind) {
                later.insert((kind, id));
            } else if asked.insert((kind.clone(), id.clone())) {
                missing.entry(kind).or_default().push(id);
            }
        }
        if !later.is_empty() {
            self.wanted.insert(wave, later);
        }
        for kind in missing.keys() {
            let name = SlotName::part(kind, REFERENCED);
            self.slots.entry(name).or_insert_with(|| Slot::pending(now)).begin_request();
        }
        missing
    }

    /// Ends one of the requests of a read, which ends with the last of them.
    pub(crate) fn end_request(&mut self, name: &SlotName, status: Status, now: Timestamp) {
        self.slots.entry(name.clone()).or_insert_with(|| Slot::pending(now)).end_request(status, now);
    }

    /// Ends a read.
    pub(crate) fn end(&mut self, name: &SlotName, status: Status, now: Timestamp) {
        self.slots.entry(name.clone()).or_insert_with(|| Slot::pending(now)).end(status, now);
    }

    /// Ends the reading; what is still open has not come in time.
    pub(crate) fn close(&mut self, now: Timestamp) {
        for slot in self.slots.values_mut().filter(|slot| slot.status == Status::Pending) {
            let status = slot.overdue();
            slot.end(status, now);
        }
        (self.under_way, self.late) = (false, false);
    }

    /// Reads what came as what it is, and corrects what failed for types that the server says it does not have.
    pub(crate) fn learn(&mut self, capability: &Capability) {
        if let Some(release) = capability.release().filter(|release| *release != self.release) {
            self.release = release;
            for resource in self.slots.values_mut().flat_map(|slot| &mut slot.resources) {
                *resource = of_release(resource, release);
            }
        }
        for (name, slot) in &mut self.slots {
            let refused = matches!(
                slot.status,
                Status::Failed(Reason::Http(400..=499)) | Status::NotPermitted(Reason::Refused(_))
            );
            if refused && name.kind != "Patient" && capability.lacks(&name.kind) {
                slot.status = Status::NotSupported;
            }
        }
    }

    /// Throws away what was read: it is of another FHIR version, and our views would misread it.
    pub(crate) fn wrong_version(&mut self, version: &str, now: Timestamp) {
        for slot in self.slots.values_mut() {
            *slot = Slot::pending(now);
            slot.end(Status::Failed(Reason::WrongVersion(version.to_owned())), now);
        }
    }

    /// The record as the snapshot shows it.
    pub(crate) fn record(&self) -> Record {
        let all = self.slots.values().flat_map(|slot| slot.resources.iter().cloned()).collect();
        let (resources, doubles) = each_once(all);
        let mut problems: Vec<Problem> =
            self.slots.values().flat_map(|slot| slot.problems.iter().cloned()).chain(doubles).collect();
        problems.sort_by_cached_key(|problem| (problem.about.clone(), format!("{:?}", problem.kind)));
        let state = match &self.state {
            Some(state) => Some(state.clone()),
            None if self.connection.is_none() => Some(Status::NotConnected),
            None if self.is_pending() => Some(Status::Pending),
            None => None,
        };
        Record {
            source: self.source.clone(),
            patient: self.connection.as_ref().map(|way| way.patient().to_owned()),
            resources,
            problems,
            reads: self.slots.iter().map(|(name, slot)| slot.read(name, self.late)).collect(),
            state,
            as_of: self.as_of,
        }
    }
}

const PROVENANCE: &str = "Provenance";

fn of_release(resource: &Arc<Resource>, release: Release) -> Arc<Resource> {
    Arc::new(Resource::clone(resource).of_release(release))
}

/// A reading's task, which ends when nobody holds it.
struct Running(AbortHandle);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sift::tests::{entries, sifted};

    fn desk_with(parts: &[(usize, &[(usize, u8)])]) -> Desk {
        let id = fhir::SourceId::new("a");
        let mut desk = Desk::new(Source { id, name: "A".into(), tag: "A".into(), base: None });
        for (slot, entries) in parts {
            let name = SlotName::part("Goal", &slot.to_string());
            desk.take(&name, sifted(entries), Wave::First, Timestamp::UNIX_EPOCH);
            desk.end(&name, Status::Complete, Timestamp::UNIX_EPOCH);
        }
        desk
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_changes_nothing_in_the_record(
            parts in proptest::collection::vec(entries(), 0..5),
            turn in 0usize..5,
        ) {
            let parts: Vec<(usize, &[(usize, u8)])> = parts.iter().map(Vec::as_slice).enumerate().collect();
            let before = format!("{:?}", desk_with(&parts).record());
            let mut turned = parts.clone();
            turned.rotate_left(turn % parts.len().max(1));
            prop_assert_eq!(&before, &format!("{:?}", desk_with(&turned).record()));
            turned.reverse();
            prop_assert_eq!(&before, &format!("{:?}", desk_with(&turned).record()));
        }

        #[test]
        fn every_resource_that_may_be_shown_is_in_the_record_once(parts in proptest::collection::vec(entries(), 0..5)) {
            let parts: Vec<(usize, &[(usize, u8)])> = parts.iter().map(Vec::as_slice).enumerate().collect();
            let arrived: BTreeSet<String> = parts
                .iter()
                .flat_map(|(_, entries)| sifted(entries).resources)
                .map(|resource| resource.key().to_string())
                .collect();
            let shown: Vec<String> = desk_with(&parts).record().resources.iter().map(|resource| resource.key().to_string()).collect();
            prop_assert_eq!(shown, arrived.into_iter().collect::<Vec<_>>());
        }
    }
}
