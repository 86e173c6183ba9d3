//! The filters above the board.

use crate::sections::Show;
use crate::words::Words;

impl Words {
    /// Labels of the filters by status and need.
    pub fn filter(self, show: Show) -> &'static str {
        let Self::English = self;
        match show {
            Show::Active => "Active",
            Show::All => "All statuses",
            Show::Overdue => "Overdue",
            Show::NeedsLink => "Needs a link",
        }
    }

    /// Name of the filter's group.
    pub fn filters(self) -> &'static str {
        match self {
            Self::English => "Statuses shown",
        }
    }

    /// Name of the filter by words.
    pub fn filter_plan(self) -> &'static str {
        match self {
            Self::English => "Filter the plan",
        }
    }

    /// Shown in the empty field of the filter by words.
    pub fn filter_hint(self) -> &'static str {
        match self {
            Self::English => "Title, code or note…",
        }
    }

    /// Button of the filter by words.
    pub fn filter_button(self) -> &'static str {
        match self {
            Self::English => "Filter",
        }
    }

    /// What a filter by words shows.
    pub fn filtered(self, text: &str, shown: usize, all: usize) -> String {
        let Self::English = self;
        format!("Filtered by “{text}”: {shown} of {all} shown.")
    }

    /// Link that takes the filter by words away.
    pub fn remove_filter(self) -> &'static str {
        match self {
            Self::English => "Remove the filter",
        }
    }
}
