//! Sentences of the plan's board: its columns here, then what stands in them.

mod cards;
mod filters;
mod readings;
mod targets;
mod threads;

use super::Words;
use crate::sections::Show;

/// One of the four columns of the board, the cornerstones of the care plan process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Health concerns.
    Concerns,
    /// Goals.
    Goals,
    /// Interventions.
    Interventions,
    /// Outcomes.
    Outcomes,
}

impl Words {
    /// Name of a column: part of the contract with readers of the accessibility tree.
    pub fn column(self, column: Column) -> &'static str {
        let Self::English = self;
        match column {
            Column::Concerns => "Health concerns",
            Column::Goals => "Goals",
            Column::Interventions => "Interventions",
            Column::Outcomes => "Outcomes",
        }
    }

    /// Text of an empty column whose sources were all asked, as far as `asked` names them.
    pub fn none_recorded(self, asked: usize) -> String {
        let Self::English = self;
        match asked {
            0 => "Nothing has been read yet.".to_owned(),
            1 => "None recorded by this source.".to_owned(),
            asked => format!("None recorded by these {asked} sources."),
        }
    }

    /// Text of an empty column in which a filter hides everything there is.
    pub fn none_active(self, hidden: usize) -> String {
        let Self::English = self;
        if hidden == 1 {
            "None active; 1 with another status.".to_owned()
        } else {
            format!("None active; {hidden} with another status.")
        }
    }

    /// Text of a column in which no entry holds the words sought.
    pub fn none_found(self, all: usize) -> String {
        let Self::English = self;
        format!("None of {all} fits the filter.")
    }

    /// A column of which nothing is overdue, or needs a link.
    pub fn none_of_filter(self, show: Show) -> &'static str {
        let Self::English = self;
        match show {
            Show::Active | Show::All => "None.",
            Show::Overdue => "None overdue.",
            Show::NeedsLink => "None that needs a link.",
        }
    }

    /// What one source lacks in one column.
    pub fn lacks(self, name: &str, state: &str) -> String {
        let Self::English = self;
        format!("{name}: {state}.")
    }

    /// How many of a column the filter shows.
    pub fn shown_of(self, shown: usize, all: usize) -> String {
        let Self::English = self;
        if shown == all { format!("{all} in all") } else { format!("{shown} of {all} shown") }
    }
}
