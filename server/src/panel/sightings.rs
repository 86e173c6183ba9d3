//! What came of looking for the person of a launch at the sources where the tenant itself is registered.

use std::collections::BTreeMap;

use app::desk::Sighting;
use tokio::sync::watch;

/// What came of it at each source.
pub struct Sightings(watch::Sender<BTreeMap<String, Sighting>>);

impl Default for Sightings {
    fn default() -> Self {
        Self(watch::Sender::new(BTreeMap::new()))
    }
}

impl Sightings {
    /// What came of it at a source; `None` where nobody looked, or the person was found.
    pub fn of(&self, source: &str) -> Option<Sighting> {
        self.0.borrow().get(source).cloned()
    }

    /// Returns when no source is being asked any more.
    pub async fn settled(&self) {
        let mut seen = self.0.subscribe();
        let _gone_with_the_room = seen.wait_for(|seen| seen.values().all(|one| *one != Sighting::Looking)).await;
    }

    /// Says what came of it; `None` where the person was found.
    pub(crate) fn set(&self, source: &str, sighting: Option<Sighting>) {
        self.0.send_modify(|seen| {
            match sighting {
                Some(sighting) => seen.insert(source.to_owned(), sighting),
                None => seen.remove(source),
            };
        });
    }
}
