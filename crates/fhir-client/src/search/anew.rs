//! A search that is made a second time: what of it has been handed out already.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{OutcomeEntry, Page, Unusable};

/// What the pages of a search have brought, as far as it must be known to bring nothing twice.
#[derive(Default)]
pub(super) struct HandedOut {
    resources: HashSet<u64>,
    problems: Vec<Unusable>,
    outcomes: Vec<OutcomeEntry>,
}

impl HandedOut {
    /// Remembers a page.
    pub(super) fn note(&mut self, page: &Page) {
        self.resources.extend(page.resources.iter().map(mark));
        self.problems.extend(page.problems.iter().cloned());
        self.outcomes.extend(page.outcomes.iter().cloned());
    }

    /// Leaves of a page what was not there before. A resource that has changed meanwhile is another text, and stays.
    pub(super) fn leaves(&mut self, page: &mut Page) {
        page.resources.retain(|resource| !self.resources.contains(&mark(resource)));
        page.problems.retain(|problem| !take(&mut self.problems, problem));
        page.outcomes.retain(|outcome| !take(&mut self.outcomes, outcome));
    }
}

fn mark(resource: &fhir::Resource) -> u64 {
    let mut hasher = DefaultHasher::new();
    resource.raw().hash(&mut hasher);
    hasher.finish()
}

/// Takes one of these out of the list; false where there is none.
fn take<T: PartialEq>(list: &mut Vec<T>, item: &T) -> bool {
    list.iter().position(|other| other == item).map(|at| list.swap_remove(at)).is_some()
}
