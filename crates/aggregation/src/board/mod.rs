//! What has been read so far, a desk for each source.

mod desk;
mod kept;
mod newest;
mod slot;
mod wave;

pub(crate) use desk::{Connection, Desk, Local, Way};
pub(crate) use kept::Answer;
pub(crate) use slot::{REFERENCED, Slot, SlotName};
pub(crate) use wave::Wave;

use std::collections::BTreeMap;
use std::sync::Arc;

use care_plan::Snapshot;
use fhir::SourceId;

/// What has been read so far. In the order of the sources' ids, so that the order of connecting changes nothing.
#[derive(Default)]
pub(crate) struct Board {
    pub(crate) desks: BTreeMap<SourceId, Desk>,
    /// Grows with each change that people should see.
    pub(crate) revision: u64,
    drawn: Option<(u64, Arc<Snapshot>)>,
}

impl Board {
    /// The snapshot of this revision, drawn once.
    pub(crate) fn snapshot(&mut self) -> Arc<Snapshot> {
        if let Some((revision, snapshot)) = &self.drawn
            && *revision == self.revision
        {
            return Arc::clone(snapshot);
        }
        let snapshot = Arc::new(Snapshot { records: self.desks.values().map(Desk::record).collect() });
        self.drawn = Some((self.revision, Arc::clone(&snapshot)));
        snapshot
    }

    /// Number of sources that are being read and not late.
    pub(crate) fn pending(&self) -> usize {
        self.desks.values().filter(|desk| desk.is_pending()).count()
    }
}
