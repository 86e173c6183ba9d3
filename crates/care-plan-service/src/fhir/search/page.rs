//! A page of matches.

use std::sync::Arc;

use access::PersonId;
use fhir_server::search::SortKey;
use jiff::civil::Date;
use jiff::tz::TimeZone;
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
    let statuses = match asked.kind {
        ResourceKind::CarePlan => asked.values("status").and_then(statuses),
        _ => None,
    };
    let changed_since = asked.values("_lastUpdated").and_then(|values| changed_since(&values));
    Selection { kind, person: person.cloned(), statuses: statuses.unwrap_or_default(), changed_since }
}

/// The states of plans that are asked for, where each is one.
fn statuses(values: Vec<&str>) -> Option<Vec<String>> {
    let code = |value: &&str| {
        let code = value.rsplit('|').next().unwrap_or_default();
        PlanStatus::ALL.into_iter().find(|status| status.code() == code).map(|status| status.code().to_owned())
    };
    values.iter().map(code).collect()
}

/// The earliest time that is asked for. A part never changes after its document.
fn changed_since(values: &[&str]) -> Option<Timestamp> {
    let [value] = values else { return None };
    let date = ["ge", "gt", "sa"].into_iter().find_map(|prefix| value.strip_prefix(prefix))?;
    let day = || date.get(..10)?.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok().map(|day| day.timestamp());
    // A day earlier, whatever the time zone is.
    day().map(|day| day.saturating_sub(SignedDuration::from_hours(24)).unwrap_or(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_beginning_of_the_time_narrows_what_is_read_and_by_a_day_too_little() {
        let since = |value: &str| changed_since(&[value]).map(|at| at.to_string());
        for value in ["ge2026-11-21", "gt2026-11-21T10:00:00+01:00", "sa2026-11-21T23:59:59Z"] {
            assert_eq!(since(value).as_deref(), Some("2026-11-20T00:00:00Z"), "{value}");
        }
        for value in ["2026-11-21", "le2026-11-21", "ne2026-11-21", "ge2026", "ge", "geüüüüüüüüüü", "ge9999-99-99"]
        {
            assert_eq!(since(value), None, "{value}");
        }
        assert_eq!(changed_since(&["ge2026-11-21", "lt2020-01-01"]), None);
    }

    #[test]
    fn states_narrow_what_is_read_only_where_each_is_one() {
        assert_eq!(
            statuses(vec!["active", "http://hl7.org/fhir/request-status|draft"]),
            Some(vec!["active".into(), "draft".into()])
        );
        assert_eq!(statuses(vec!["active", "ACTIVE"]), None);
    }
}
