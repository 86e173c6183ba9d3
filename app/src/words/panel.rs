//! Sentences of the panel.

use super::Words;
use super::goal::sentences;
use crate::desk::Sighting;

sentences! {
    /// Start page: for coordinators.
    sign_in_to_panel = "Care coordinators: sign in to your panel of people";
    /// Sign-in page of the panel.
    sign_in_panel_heading = "Sign in to your panel";
    /// Sign-in page of the panel.
    sign_in_panel = "The panel is the list of a care coordinator.";
    /// Link there, for everybody else.
    sign_in_to_plan = "Open one person's plan instead.";
    /// Way back to the panel.
    panel_back = "My panel";
    /// Heading of the panel.
    panel_heading = "My panel";
    /// Name of the search.
    panel_search = "Find a person by name or birth date";
    /// What the search is for, in the empty field.
    panel_search_hint = "Name or birth date";
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
    /// Beside a record whose source has ended the access.
    panel_not_read = "agreed, but nothing is read: its own system has ended the access";
    /// Button.
    panel_open = "Open plan";
    /// A person about whom nothing is kept.
    panel_no_name = "Name not kept";
    /// Link to the question whether a record found elsewhere is the person's.
    compare_found = "Compare the records";
    /// Why it is empty.
    panel_empty = "Nobody shares with the care team yet.";
    /// How people get here.
    panel_empty_how = "A person appears here when they open their own plan as a patient, go to \"Sharing\" there, and choose \"Share with the care team\" for a record. When they take that back, they are gone from here at once.";
    /// What the list is.
    panel_what = "Everybody who shares a record with the care team of this organisation. Each time you see this list or open a plan, it is written down.";
}

impl Words {
    /// What came of looking for the person at a source, beside its name.
    pub fn sighting(self, sighting: &Sighting) -> &'static str {
        let Self::English = self;
        match sighting {
            Sighting::Looking => "looking for this person there…",
            Sighting::NotIdentified => "could not be identified there",
            Sighting::MayBe { .. } => "somebody there may be this person",
            Sighting::Declined => "not joined: a record there was not known to be this person's",
            Sighting::NotAsked => "could not be asked who this is there",
        }
    }

    /// What that means, and what can be done.
    pub fn sighting_means(self, sighting: &Sighting) -> &'static str {
        let Self::English = self;
        match sighting {
            Sighting::Looking => "This organisation reads there by itself, once it is clear who the person is there.",
            Sighting::NotIdentified => {
                "Nobody there is this person for certain, so nothing was joined: there may be a record all the same. The person can connect it by signing in there, or you can with an account of your own there."
            }
            Sighting::MayBe { .. } => {
                "A record was found there that may be this person's, and it is not certain. Nothing of it is in the plan. Look at both records and say whether they are of the same person."
            }
            Sighting::Declined => {
                "A record was found there, and the answer was that it is not this person's, or that it is not known. Nothing was joined, and it is not asked again in this plan."
            }
            Sighting::NotAsked => {
                "It gave no answer that could be used, so nothing is known about a record there. Open the person again later."
            }
        }
    }

    /// How many people are listed.
    pub fn panel_people(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
    }

    /// How many of them a search found.
    pub fn panel_found(self, sought: &str, found: usize, all: usize) -> String {
        let Self::English = self;
        match found {
            0 => format!("Nobody here matches \"{sought}\"."),
            found => format!("{found} of {} matching \"{sought}\".", self.panel_people(all)),
        }
    }

    /// Whose plan a button opens, for those who listen.
    pub fn panel_of(self, name: &str) -> String {
        let Self::English = self;
        format!(" of {name}")
    }
}
