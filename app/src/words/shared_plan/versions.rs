//! Versions of a shared plan, and what two of them differ in.

use crate::words::Words;
use crate::words::goal::sentences;

sentences! {
    /// Heading, for the person.
    plan_summary = "What changed in your plan";
    /// Heading.
    plan_what_changed = "What was done, step by step";
    /// Link.
    plan_all_versions = "All versions, and two of them compared";
    /// First version.
    plan_was_started = "The plan was started.";
    /// Heading.
    plan_versions = "Versions";
    /// Below a list that does not go back to the first version.
    plan_versions_older = "These are the newest versions. Older ones are kept and not listed here.";
    /// Heading.
    plan_compare = "Compare two versions";
    /// Label.
    plan_compare_from = "From";
    /// Label.
    plan_compare_to = "To";
    /// Button.
    plan_compare_send = "Compare";
    /// Two versions that say the same.
    plan_same = "They say the same.";
}

impl Words {
    /// Heading of two versions.
    pub fn plan_compared(self, from: u64, to: u64) -> String {
        let Self::English = self;
        format!("From version {from} to version {to}")
    }

    /// Name of a version.
    pub fn plan_version(self, version: u64) -> String {
        let Self::English = self;
        format!("Version {version}")
    }

    /// Who made a version, and when.
    pub fn plan_step(self, day: &str, name: &str, role: Option<&str>) -> String {
        let Self::English = self;
        match role.filter(|role| *role != name) {
            Some(role) => format!("{day}, {name} ({})", role.to_lowercase()),
            None => format!("{day}, {name}"),
        }
    }
}
