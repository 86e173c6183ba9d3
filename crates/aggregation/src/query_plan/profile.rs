//! What is known of vendors' servers before they are asked (smart-launch F11 and section 11).
//!
//! A profile is configured for a source (`quirks`), never guessed from its address: one vendor's server stands under
//! many names, and a proxy under its name may be another's.

use std::collections::BTreeSet;

/// A vendor whose servers differ from what they say or from what is usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vendor {
    /// Epic.
    Epic,
    /// Oracle Health, formerly Cerner.
    Cerner,
    /// Veradigm, formerly Allscripts.
    Allscripts,
    /// The Department of Veterans Affairs.
    Va,
    /// eClinicalWorks.
    EClinicalWorks,
}

impl Vendor {
    /// All, with their names in the configuration.
    pub const ALL: [(&'static str, Self); 5] = [
        ("epic", Self::Epic),
        ("cerner", Self::Cerner),
        ("allscripts", Self::Allscripts),
        ("va", Self::Va),
        ("eclinicalworks", Self::EClinicalWorks),
    ];

    /// The vendor that the configuration calls so.
    pub fn lookup(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find_map(|(known, vendor)| (known == name).then_some(vendor))
    }

    /// The vendor's table.
    fn profile(self) -> Profile {
        match self {
            Self::Epic => epic(),
            Self::Cerner => cerner(),
            Self::Allscripts => allscripts(),
            Self::Va => va(),
            Self::EClinicalWorks => eclinicalworks(),
        }
    }
}

/// How the queries to one source differ from the usual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Types of which the whole is known to be refused: what US Core promises is asked for at once.
    pub(crate) floor_at_once: BTreeSet<&'static str>,
    /// Categories that plans are asked for by, where the whole type is refused; a search each.
    pub(crate) care_plan_categories: Vec<&'static str>,
    /// False where `_include` is refused or ignored, whatever is announced.
    pub(crate) includes: bool,
    /// Most requests at once that the server can bear.
    pub(crate) parallel: usize,
}

impl Default for Profile {
    fn default() -> Self {
        Self { floor_at_once: BTreeSet::new(), care_plan_categories: vec!["assess-plan"], includes: true, parallel: 64 }
    }
}

impl Profile {
    /// What is known of a source that is like these vendors.
    pub fn of(vendors: impl IntoIterator<Item = Vendor>) -> Self {
        vendors.into_iter().map(Vendor::profile).fold(Self::default(), Self::and)
    }

    /// Most requests at once that the server can bear, of those that are configured.
    pub fn parallel(&self, configured: usize) -> usize {
        configured.min(self.parallel)
    }

    /// Both: what either must avoid.
    fn and(mut self, other: Self) -> Self {
        self.floor_at_once.extend(other.floor_at_once);
        for category in other.care_plan_categories {
            if !self.care_plan_categories.contains(&category) {
                self.care_plan_categories.push(category);
            }
        }
        self.includes &= other.includes;
        self.parallel = self.parallel.min(other.parallel);
        self
    }
}

/// | what | why |
/// |---|---|
/// | CarePlan by category, its own kinds of plan too | a search without category is refused; encounter, longitudinal, outpatient and inpatient plans have SNOMED codes |
/// | CareTeam by status, Observation by category | a search without is refused |
/// | at most 8 requests at once | Epic names no limit of its own; this is ours |
fn epic() -> Profile {
    Profile {
        floor_at_once: BTreeSet::from(["CarePlan", "CareTeam", "Observation"]),
        care_plan_categories: vec![
            "assess-plan",
            "http://snomed.info/sct|38717003",
            "http://snomed.info/sct|734163000",
            "http://snomed.info/sct|736271009",
            "http://snomed.info/sct|736353004",
        ],
        parallel: 8,
        ..Profile::default()
    }
}

/// | what | why |
/// |---|---|
/// | CarePlan by `assess-plan` | any other category is an error |
fn cerner() -> Profile {
    Profile { floor_at_once: BTreeSet::from(["CarePlan"]), ..Profile::default() }
}

/// | what | why |
/// |---|---|
/// | no `_include` | participants never come along |
fn allscripts() -> Profile {
    Profile { includes: false, ..Profile::default() }
}

/// | what | why |
/// |---|---|
/// | nothing differs in what is asked | `status` is ignored, and our own views tell states apart |
fn va() -> Profile {
    Profile::default()
}

/// | what | why |
/// |---|---|
/// | at most 4 requests at once | 250 calls a minute for a whole practice |
fn eclinicalworks() -> Profile {
    Profile { parallel: 4, ..Profile::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f11_each_vendor_has_a_name_and_a_table() {
        for (name, vendor) in Vendor::ALL {
            assert_eq!(Vendor::lookup(name), Some(vendor));
            assert!(Profile::of([vendor]).parallel >= 1);
        }
        assert_eq!(Vendor::lookup("Epic "), None);
    }

    #[test]
    fn f11_two_profiles_together_avoid_what_either_must() {
        let both = Profile::of([Vendor::Epic, Vendor::Allscripts]);
        assert!(!both.includes && both.floor_at_once.contains("CarePlan"));
        assert_eq!((both.parallel(16), both.parallel(2)), (8, 2));
        assert_eq!(both.care_plan_categories.iter().filter(|category| **category == "assess-plan").count(), 1);
    }
}
