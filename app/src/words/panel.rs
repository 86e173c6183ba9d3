//! Sentences of the panel.

use super::Words;
use super::goal::sentences;

sentences! {
    /// Heading of the panel.
    panel_heading = "My panel";
    /// Name of the search.
    panel_search = "Find a person by name or birth date";
    /// Button of the search.
    panel_search_button = "Find";
    /// Takes the search away.
    panel_everybody = "Show everybody";
    /// Column.
    panel_person = "Person";
    /// Column.
    panel_shared = "Shared records";
    /// Column.
    panel_since = "Shared since";
    /// Column of the buttons, for those who listen.
    panel_open_column = "Plan";
    /// Button.
    panel_open = "Open plan";
    /// A person about whom nothing is kept.
    panel_no_name = "Name not kept";
    /// Why it is empty.
    panel_empty = "Nobody shares with the care team yet.";
    /// How people get here.
    panel_empty_how = "A person appears here when they open their own plan as a patient, choose \"Share\" there, and allow the care team to read a record. When they take that back, they are gone from here at once.";
    /// What the list is.
    panel_what = "Everybody who shares a record with the care team of this organisation. Opening a plan is written down, and the person can see who did.";
}

impl Words {
    /// How many people are listed.
    pub fn panel_people(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
    }

    /// How many of them a search found.
    pub fn panel_found(self, sought: &str, found: usize, all: usize) -> String {
        let Self::English = self;
        format!("{found} of {all} for \"{sought}\".")
    }

    /// Whose plan a button opens, for those who listen.
    pub fn panel_of(self, name: &str) -> String {
        let Self::English = self;
        format!(" of {name}")
    }
}
