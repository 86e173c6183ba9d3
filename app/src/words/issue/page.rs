//! Sentences of the page of differences and gaps, and of the lines on cards.

use super::super::Words;
use super::super::goal::sentences;

sentences! {
    /// Tab, page and link on a card.
    reconcile = "Reconcile";
    /// Below the heading.
    reconcile_how = "Each shows what every record says. Nothing is chosen for you; a decision is kept in the shared plan and changes no record.";
    /// Name of the filters.
    reconcile_filters = "What is shown";
    /// Filter.
    issues_all = "All";
    /// Filter.
    issues_differences = "Differences";
    /// Filter.
    issues_gaps = "Gaps";
    /// Filter.
    issues_safety = "Safety";
    /// Heading of an issue's last part.
    could_settle = "What could settle it";
    /// Beside what differs, for the eye and the ear.
    differs = "differs";
    /// A record that is silent where others speak.
    unsaid = "says nothing";
    /// Heading.
    compared_heading = "What was compared";
    /// Link from an issue to its item.
    see_item = "See it in the plan";
    /// To the person, what a reference that leads nowhere points at.
    leads_nowhere = "an entry that this record does not give";
    /// Nothing under the filter.
    none_of_kind = "None of this kind.";
    /// What was not compared, where all was.
    all_compared = "Every connected record was read whole.";
}

impl Words {
    /// Heading of the differences.
    pub fn differences(self, count: usize) -> String {
        let Self::English = self;
        match count {
            0 => "No differences found".to_owned(),
            1 => "1 difference between the plans".to_owned(),
            count => format!("{count} differences between the plans"),
        }
    }

    /// Heading of the gaps.
    pub fn gaps(self, count: usize) -> String {
        let Self::English = self;
        match count {
            0 => "No gaps found".to_owned(),
            1 => "1 gap in the plan".to_owned(),
            count => format!("{count} gaps in the plan"),
        }
    }

    /// Heading of what was settled.
    pub fn decided(self, count: usize) -> String {
        let Self::English = self;
        format!("{count} settled")
    }

    /// Number beside the tab, for those who listen.
    pub fn issues_open(self, count: usize) -> String {
        let Self::English = self;
        if count == 1 { "1 open".to_owned() } else { format!("{count} open") }
    }

    /// "Grave: High".
    pub fn severity_said(self, word: &str) -> String {
        let Self::English = self;
        format!("Severity: {word}")
    }

    /// Which records were compared.
    pub fn compared_among(self, names: &[String]) -> String {
        let Self::English = self;
        if names.is_empty() {
            "No record has been read yet.".to_owned()
        } else {
            format!("Read: {}.", self.list(names))
        }
    }

    /// Nothing was found, and among what.
    pub fn none_found_among(self, names: &[String]) -> String {
        let Self::English = self;
        match names {
            [] => "Nothing can be said: no record has been read.".to_owned(),
            [one] => format!(
                "No differences found among what was read: {one} alone. With one record there is little to compare."
            ),
            names => format!("No differences found among what was read: {}.", self.list(names)),
        }
    }

    /// A record that was not compared, or not whole.
    pub fn not_read(self, name: &str, state: &str) -> String {
        let Self::English = self;
        format!("Not read: {name} ({state}).")
    }

    /// A record that was compared in part.
    pub fn compared_in_part(self, name: &str, state: &str) -> String {
        let Self::English = self;
        format!("Read in part: {name} ({state}).")
    }

    /// Which resource a side is, with its version.
    pub fn of_version(self, kind: &str, version: Option<&str>) -> String {
        let Self::English = self;
        match version {
            Some(version) => format!("{kind}, version {version}"),
            None => kind.to_owned(),
        }
    }

    /// Issues of a card that are not told on it.
    pub fn more_issues(self, count: usize) -> String {
        let Self::English = self;
        format!("{count} more")
    }

    /// The same kind of issue at an item.
    pub fn issue_of(self, issue: &str, title: &str) -> String {
        let Self::English = self;
        format!(": {issue}, {title}")
    }
}
