//! A page of matches.

use std::sync::Arc;

use access::PersonId;
use fhir_server::search::{Criterion, SortKey};
use jiff::{SignedDuration, Timestamp};
use shared_plan::fhir::ResourceKind;
use shared_plan::plan::PlanStatus;
use shared_plan::ports::{Kind, Selection};

use super::Asked;
use crate::fhir::held::{Held, Shown};

/// The matches of a page, and where the next begins.
pub(super) struct Page {
    /// The matches.
    pub(super) items: Vec<Item>,
    /// How many there are on all pages, where that is known.
    pub(super) total: Option<usize>,
    /// The last row of this page; `None` on the last page.
    pub(super) next: Option<(SortKey, u64)>,
}

/// A match.
pub(super) struct Item {
    /// The resource.
    pub(super) shown: Shown,
    /// The document that holds it; a Patient has none.
    pub(super) held: Option<Arc<Held>>,
    /// Where the next page begins if this is the last match of its own.
    pub(super) place: Option<(SortKey, u64)>,
}

impl Page {
    /// Ends the page after so many of its matches, where it has more.
    pub(super) fn end_after(&mut self, matches: usize) {
        if matches < self.items.len() {
            self.items.truncate(matches);
            self.next = self.items.last().and_then(|last| last.place.clone());
        }
    }
}

/// Which documents have to be read. Never fewer than hold matches.
pub(super) fn selection(asked: &Asked, person: Option<&PersonId>) -> Selection {
    let kind = match asked.kind {
        ResourceKind::Condition => Kind::Concern,
        _ => Kind::Plan,
    };
    let of = |name: &'static str| asked.query.criteria().iter().filter(move |one| one.name() == name);
    let statuses = match asked.kind {
        ResourceKind::CarePlan => of("status").find_map(|one| statuses(one.codes()?)),
        _ => None,
    };
    // A part never changes after its document.
    let since = of("_lastUpdated").filter_map(Criterion::not_before).max();
    Selection {
        kind,
        person: person.cloned(),
        statuses: statuses.unwrap_or_default(),
        changed_since: since.map(before),
    }
}

/// The states of plans that are asked for, where each is one.
fn statuses(codes: Vec<&str>) -> Option<Vec<String>> {
    let code = |code: &&str| {
        let is_it = |status: &PlanStatus| status.code() == *code;
        PlanStatus::ALL.into_iter().find(is_it).map(|status| status.code().to_owned())
    };
    codes.iter().map(code).collect()
}

/// A day earlier: the store compares by a time of its own.
fn before(since: Timestamp) -> Timestamp {
    since.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(since)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_narrow_what_is_read_only_where_each_is_one() {
        assert_eq!(statuses(vec!["active", "draft"]), Some(vec!["active".into(), "draft".into()]));
        assert_eq!(statuses(vec!["active", "ACTIVE"]), None);
    }
}
