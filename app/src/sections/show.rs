//! Which items of the plan are shown, as the address says it.

use std::collections::BTreeSet;

use care_plan::plan::{IssueCode, ItemId};

use super::look::Look;
use crate::words::{is_overdue, needs_link};

/// Which items are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// What is going on.
    Active,
    /// Everything.
    All,
    /// What is late.
    Overdue,
    /// What no goal, reason or activity is linked with.
    NeedsLink,
}

impl Show {
    /// Reads the word of an address; an unknown one shows what is active.
    pub fn of(word: Option<&str>) -> Self {
        match word {
            Some("all") => Self::All,
            Some("overdue") => Self::Overdue,
            Some("link") => Self::NeedsLink,
            _ => Self::Active,
        }
    }

    /// The word for an address; what is shown without one has none.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Active => None,
            Self::All => Some("all"),
            Self::Overdue => Some("overdue"),
            Self::NeedsLink => Some("link"),
        }
    }

    /// True where an open issue of this need stands on the item.
    pub fn wants(self, look: &Look, item: &ItemId) -> bool {
        self.items(look).contains(item)
    }

    /// How many items have this need; `None` for a choice that is no need.
    pub fn count(self, look: &Look) -> Option<usize> {
        self.need().map(|_| self.items(look).len())
    }

    fn need(self) -> Option<fn(IssueCode) -> bool> {
        match self {
            Self::Active | Self::All => None,
            Self::Overdue => Some(is_overdue),
            Self::NeedsLink => Some(needs_link),
        }
    }

    fn items(self, look: &Look) -> BTreeSet<&ItemId> {
        let Some(need) = self.need() else { return BTreeSet::new() };
        let open = look.plan().issues.iter().filter(|issue| issue.standing.is_open() && need(issue.code));
        open.filter_map(|issue| issue.items.first()).collect()
    }
}
