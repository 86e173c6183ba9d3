//! A record that is kept here, such as the shared plan: read beside the sources, with no server in between.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use async_trait::async_trait;
use care_plan::snapshot::{Reason, Status};
use fhir::{Resource, SourceId};
use url::Url;

use crate::about::Person;
use crate::board::{Desk, Local, Slot, SlotName, Wave};
use crate::reading::Inner;
use crate::sift::Sifted;

/// A record that is kept here.
#[async_trait]
pub trait LocalRecord: Send + Sync {
    /// Types that it may hold. Each is a read of its own, so that *none* looks different from *not asked*.
    fn kinds(&self) -> &'static [&'static str];
    /// Base of the addresses under which others may name its resources.
    fn base(&self) -> &Url;
    /// Everything that is kept of the person now.
    ///
    /// # Errors
    /// Why it could not be asked; then the record is shown as failed, never as empty.
    async fn read(&self) -> Result<Vec<Resource>, Reason>;
}

/// One reading of such a record. Holds the launch's reading weakly: it ends with it.
pub(crate) struct LocalTask {
    inner: Weak<Inner>,
    generation: u64,
    source: SourceId,
    person: Person,
    record: Arc<dyn LocalRecord>,
}

impl LocalTask {
    /// A reading of the record that the desk is for. Marks what will be read, so that nothing looks finished too early.
    pub(crate) fn new(inner: &Arc<Inner>, source: &SourceId, desk: &mut Desk, local: Local) -> Self {
        let Local { patient, record } = local;
        let now = inner.clock.now();
        for kind in record.kinds() {
            desk.slots.insert(SlotName::whole(kind), Slot::pending(now));
        }
        let person = Person { id: patient, base: record.base().clone() };
        Self { inner: Arc::downgrade(inner), generation: desk.generation, source: source.clone(), person, record }
    }

    /// Reads it once, whole or not at all.
    pub(crate) async fn run(self) {
        let Some((pace, limits)) = self.inner.upgrade().map(|inner| (Arc::clone(&inner.pace), inner.limits)) else {
            return;
        };
        let read = tokio::select! {
            read = self.record.read() => read,
            () = pace.pause(limits.soft) => Err(Reason::TimedOut),
        };
        let Some(inner) = self.inner.upgrade() else { return };
        let now = inner.clock.now();
        inner.change(|board| {
            let desk = board.desks.get_mut(&self.source).filter(|desk| desk.generation == self.generation);
            let Some(desk) = desk else { return };
            match read {
                Ok(resources) => {
                    let mut kinds: BTreeMap<String, Vec<Resource>> =
                        self.record.kinds().iter().map(|kind| ((*kind).to_owned(), Vec::new())).collect();
                    for resource in resources {
                        kinds.entry(resource.kind().to_owned()).or_default().push(resource);
                    }
                    for (kind, resources) in kinds {
                        let name = SlotName::whole(&kind);
                        let sifted = Sifted::own(resources, &kind, &self.source, &self.person);
                        // What it refers to lies at the sources, which are asked for it by themselves.
                        desk.take(&name, sifted, Wave::Third, now);
                        desk.end(&name, Status::Complete, now);
                    }
                }
                Err(reason) => {
                    desk.slots.values_mut().for_each(|slot| slot.end(Status::Failed(reason.clone()), now));
                }
            }
            desk.close(now);
        });
    }
}
