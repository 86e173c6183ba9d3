//! The records of one simulated EHR, in memory, with every version kept.

mod load;
mod loading;
mod stamp;
mod state;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use fhir_server::Version;
use jiff::Timestamp;
use serde_json::Value;

use super::behaviour::Behaviour;

pub use load::{LoadError, LoadProblem, LoadReport};
pub(super) use state::State;

/// Tells the time; handed in.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The records of one EHR.
pub struct Store {
    state: RwLock<State>,
    clock: Clock,
    behaviour: Behaviour,
}

/// One version of a resource.
#[derive(Debug, Clone)]
pub struct StoredVersion {
    /// `meta.versionId`, counted from 1.
    pub number: Version,
    /// `meta.lastUpdated`.
    pub at: Timestamp,
    /// The resource; `None` where this version is its deletion.
    pub resource: Option<Arc<Value>>,
}

impl Store {
    /// An empty store.
    pub fn new(clock: Clock, behaviour: Behaviour) -> Self {
        Self { state: RwLock::default(), clock, behaviour }
    }

    /// The types that have resources, in alphabetical order, with their number.
    pub fn types(&self) -> BTreeMap<String, usize> {
        self.read().counts()
    }

    /// The present resources of a type, in the order in which they came.
    pub fn list(&self, kind: &str) -> Vec<Arc<Value>> {
        let state = self.read();
        let mut rows: Vec<_> = state.rows(kind).collect();
        rows.sort_by_key(|row| row.number);
        rows.into_iter().map(|row| row.resource).collect()
    }

    /// The present version of a resource.
    pub fn resource(&self, kind: &str, id: &str) -> Option<Arc<Value>> {
        self.read().resource(kind, id)
    }

    /// Every version of a resource, newest first; empty where there never was one.
    pub fn versions(&self, kind: &str, id: &str) -> Vec<StoredVersion> {
        self.read().versions(kind, id).iter().rev().cloned().collect()
    }

    /// What the store demands and refuses.
    pub fn behaviour(&self) -> &Behaviour {
        &self.behaviour
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    /// A panic while writing leaves the maps whole, so a poisoned lock is as good as another.
    pub(super) fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn write(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").field("behaviour", &self.behaviour).finish_non_exhaustive()
    }
}
