//! What was learned of a server and holds for the next launch (smart-launch F13, wave 0).

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::Capability;

/// A statement is asked for anew after so long.
const FRESH: SignedDuration = SignedDuration::from_hours(1);
/// A statement that cannot be had anew is used for so long.
const USABLE: SignedDuration = SignedDuration::from_hours(24);

/// What was learned of one server, whoever asked it; hand the same one to each [`crate::FhirServer`] of a source. It holds
/// nothing about any person.
#[derive(Debug, Default)]
pub struct Remembered {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    stated: Option<(Arc<Capability>, Timestamp)>,
    refused: BTreeSet<String>,
    refused_since: Option<Timestamp>,
}

impl Remembered {
    /// The server's statement, where it is not too old to be used.
    pub(crate) fn usable(&self, now: Timestamp) -> Option<Arc<Capability>> {
        self.within(USABLE, now)
    }

    /// The server's statement, where it need not be asked for anew.
    pub(crate) fn fresh(&self, now: Timestamp) -> Option<Arc<Capability>> {
        self.within(FRESH, now)
    }

    pub(crate) fn state(&self, stated: &Arc<Capability>, now: Timestamp) {
        self.known().stated = Some((Arc::clone(stated), now));
    }

    /// Remembers that the server wants more than the patient in a search of this type. For a day: servers are updated.
    pub fn refuse_broad(&self, kind: &str, now: Timestamp) {
        let mut known = self.known();
        if known.refused_since.is_none_or(|since| now.duration_since(since) >= USABLE) {
            known.refused.clear();
            known.refused_since = Some(now);
        }
        known.refused.insert(kind.to_owned());
    }

    /// The types for which the server wants more than the patient in a search.
    pub fn refused_broad(&self, now: Timestamp) -> BTreeSet<String> {
        let known = self.known();
        let holds = known.refused_since.is_some_and(|since| now.duration_since(since) < USABLE);
        if holds { known.refused.clone() } else { BTreeSet::new() }
    }

    fn within(&self, age: SignedDuration, now: Timestamp) -> Option<Arc<Capability>> {
        let known = self.known();
        let (stated, since) = known.stated.as_ref()?;
        (now.duration_since(*since) < age).then(|| Arc::clone(stated))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + hours * 3_600).unwrap()
    }

    #[test]
    fn f13_a_statement_is_fresh_for_an_hour_and_usable_for_a_day() {
        let remembered = Remembered::default();
        assert!(remembered.usable(at(0)).is_none());
        remembered.state(&Arc::default(), at(0));
        assert!(remembered.fresh(at(0)).is_some() && remembered.fresh(at(1)).is_none());
        assert!(remembered.usable(at(23)).is_some() && remembered.usable(at(24)).is_none());
    }

    #[test]
    fn f11_a_refusal_of_a_broad_search_is_remembered_for_a_day() {
        let remembered = Remembered::default();
        remembered.refuse_broad("CarePlan", at(0));
        remembered.refuse_broad("CareTeam", at(23));
        assert_eq!(remembered.refused_broad(at(23)).len(), 2);
        assert!(remembered.refused_broad(at(24)).is_empty());
        remembered.refuse_broad("Goal", at(25));
        assert_eq!(remembered.refused_broad(at(25)), BTreeSet::from(["Goal".to_owned()]));
    }
}
