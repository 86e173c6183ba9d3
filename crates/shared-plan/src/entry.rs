//! What hangs on the person and not on a plan, and how it changes: as a plan does, each with versions of its own.

use access::Randomness;
use jiff::Timestamp;

use crate::commands::working::commit_of;
use crate::commands::{Act, Changed, Happened};
use crate::plan::Plan;
use crate::ports::{Commit, Once};
use crate::{Kept, Version, Who};

/// A concern, an overlay or a decision.
pub trait Entry: Kept + Clone + Send + Sync {
    /// Makes it the version `version`, made at `at`.
    fn stamp(&mut self, version: Version, at: Timestamp);
}

/// An entry that a person has one of: its id follows from them and from what it is about.
pub trait OneOfAKind: Entry {
    /// Takes the id that comes after so many others of the same, which were made for this person and turned out to be
    /// somebody else's.
    fn pass(&mut self, others: u32);
}

/// An entry after a command, with what others are told; a plan too, on its way to where it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedEntry<E> {
    /// The entry as it is now.
    pub entry: E,
    /// The version from which it was changed; `None` for a new one.
    pub seen: Option<Version>,
    /// Who did it.
    pub by: Who,
    /// Why.
    pub reason: Option<String>,
    /// What others are told, in this order.
    pub happened: Vec<Happened>,
}

impl<E: Entry> ChangedEntry<E> {
    /// A new entry.
    pub(crate) fn made(entry: E, act: &Act<'_>, happened: Vec<Happened>) -> Self {
        let (by, reason) = (act.by.clone(), act.reason.map(str::to_owned));
        Self { entry, seen: None, by, reason, happened }
    }

    /// The next version of an entry.
    pub(crate) fn next(before: &E, mut now: E, act: &Act<'_>) -> Self {
        let seen = before.head().version;
        now.stamp(seen.next(), act.at);
        Self { seen: Some(seen), ..Self::made(now, act, Vec::new()) }
    }
}

impl<K: Kept> ChangedEntry<K> {
    /// The change as it is kept.
    pub fn commit(&self, random: &dyn Randomness, once: Option<Once>) -> Commit {
        commit_of(&self.entry, self.seen, (&self.by, self.reason.as_ref()), &self.happened, random, once)
    }
}

/// A plan is kept the way of everything else.
impl From<Changed> for ChangedEntry<Plan> {
    fn from(changed: Changed) -> Self {
        let Changed { plan, seen, by, reason, happened } = changed;
        Self { entry: plan, seen, by, reason, happened }
    }
}

/// What every entry answers in the same way from its own fields.
macro_rules! entry {
    ($entry:ident, $kind:expr) => {
        impl crate::Kept for $entry {
            const KIND: crate::ports::Kind = $kind;

            fn head(&self) -> crate::kept::Head<'_> {
                crate::kept::Head {
                    id: self.id.to_string(),
                    tenant: &self.tenant,
                    person: &self.person,
                    version: self.version,
                    at: self.at,
                    status: self.status.code(),
                }
            }

            // When it was said stays: by that the one that counts is known among several.
            fn hang_on(&mut self, person: access::PersonId, version: crate::Version, _: jiff::Timestamp) {
                (self.person, self.version) = (person, version);
            }
        }

        impl crate::Entry for $entry {
            fn stamp(&mut self, version: crate::Version, at: jiff::Timestamp) {
                (self.version, self.at) = (version, at);
            }
        }
    };
}

pub(crate) use entry;
