//! Our own invented people, their records at the four built-in EHRs, and who may open them there.
//!
//! Nobody here exists. Each person is known at three or four places under different Patient ids, record numbers and
//! spellings, and the records overlap, contradict each other and leave gaps on purpose: the tests of this module say
//! where. All dates are counted from the day handed in, so the plans never grow old.
//!
//! To add a person: a folder with one file per place, one line in [`PEOPLE`].

mod chart;
mod desmond;
mod loan;
mod marisol;
mod place;
mod ruth;
mod staff;
mod terms;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
mod tobias;
mod users;

use jiff::civil::Date;
use serde_json::Value;

use chart::{Chart, Draft};
use place::Place;
pub use users::{User, UserKind, users};

/// One invented person.
struct Person {
    key: &'static str,
    /// Name as Valley, the first place of all of them, writes it.
    name: &'static str,
    /// Short word that is the person's id at home health.
    word: &'static str,
    records: &'static [(Place, Record)],
}

/// Writes one person's record at one place.
type Record = fn(&Chart) -> Vec<Draft>;

/// Every person, the lead person first.
const PEOPLE: [&Person; 5] = [&marisol::MARISOL, &desmond::DESMOND, &loan::LOAN, &ruth::RUTH, &tobias::TOBIAS];

/// Where one person is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// Name, family name last.
    pub name: &'static str,
    /// EHR id and the Patient id there, in the order of the EHRs' ports.
    pub patients: Vec<(&'static str, String)>,
}

impl Whereabouts {
    /// The person's Patient id at an EHR; `None` where the person is not known there.
    pub fn patient_id(&self, ehr_id: &str) -> Option<&str> {
        self.patients.iter().find(|(ehr, _)| *ehr == ehr_id).map(|(_, id)| id.as_str())
    }
}

/// Every person and the Patient ids they are known under, the lead person first.
pub fn whereabouts() -> Vec<Whereabouts> {
    let known = |(rank, person): (usize, &&Person)| Whereabouts {
        name: person.name,
        patients: person
            .records
            .iter()
            .map(|&(place, _)| (place.ehr_id(), place.patient_id(rank, person.key, person.word)))
            .collect(),
    };
    PEOPLE.iter().enumerate().map(known).collect()
}

/// References that lead nowhere on purpose: EHR id, key of the person, reference by readable key.
///
/// Real records have them; a reader has to say so instead of failing.
const DANGLING: [(Place, &str, &str); 1] = [(Place::Valley, "marisol", "ServiceRequest/cuff")];

/// The references that lead nowhere on purpose, as EHR id and the reference found there.
pub fn dangling() -> Vec<(&'static str, String)> {
    let resolved = |&(place, person, reference): &(Place, &'static str, &str)| {
        let (kind, key) = reference.split_once('/').expect("our references have a type and a key");
        (place.ehr_id(), format!("{kind}/{}", place.resource_id(person, kind, key)))
    };
    DANGLING.iter().map(resolved).collect()
}

/// What one EHR holds, as transaction Bundles of PUTs: its staff first, then one Bundle for each person.
///
/// `today` is the day the dates are counted from. An EHR without built-in people gets no Bundles.
pub fn bundles(ehr_id: &str, today: Date) -> Vec<Value> {
    let Some(place) = Place::of(ehr_id) else { return Vec::new() };
    let staff = Chart { place, today, scope: chart::STAFF, rank: 0, word: chart::STAFF };
    let mut bundles = vec![staff.bundle(staff::resources(&staff))];
    for (rank, person) in PEOPLE.iter().enumerate() {
        let chart = Chart { place, today, scope: person.key, rank, word: person.word };
        let record = person.records.iter().find(|(at, _)| *at == place);
        bundles.extend(record.map(|(_, write)| chart.bundle(write(&chart))));
    }
    bundles
}
