//! Records for tests: people whom nobody on this project wrote, where they are at hand, and the sandbox's own.
//!
//! Each [`Person`] is known at one or several [`Server`]s; the resources are what such a server holds after a load:
//! every one with an id, conditional and urn references resolved. A record of one server can be split over several, as
//! a person's record is in life ([`split`]).
//!
//! *Invariant:* nothing here knows a name, an id or a count of the data: other people of the same kinds must do as well.
//! *Invariant:* never a dependency of `accord`, only of tests.

mod folder;
mod invented;
mod load;
mod patients;
pub mod split;
mod structure;
mod synthea;
mod vendor;

use serde_json::Value;

pub use folder::sample_data;
pub use invented::{TODAY, invented};
pub use load::load;
pub use patients::patients;
pub use structure::{Profile, definitions};
pub use synthea::synthea;
pub use vendor::{File, vendor};

/// A person and where they are known.
#[derive(Debug, Clone)]
pub struct Person {
    /// The folder or file they come from, for messages of tests.
    pub name: String,
    /// One for each server.
    pub servers: Vec<Server>,
}

/// What one FHIR server holds for a person.
#[derive(Debug, Clone)]
pub struct Server {
    /// Base address, without a last slash.
    pub base: String,
    /// Patient id here; empty where the server has no Patient.
    pub patient: String,
    /// The resources, each with type and id, in no order that means anything.
    pub resources: Vec<Value>,
}

/// Everybody: the patients' folders and the synthetic ones where they are at hand, and always the invented people.
///
/// Says on standard error how many kinds of people are missing.
pub fn everybody() -> Vec<Person> {
    let mut people = invented();
    match sample_data() {
        Some(folder) => {
            people.extend(patients(&folder));
            people.extend(synthea(&folder));
        }
        None => eprintln!("skipped: sample data not found; {} invented people are read", people.len()),
    }
    people
}

impl Server {
    /// A server with these resources; its Patient is the first of them.
    pub fn new(base: &str, resources: Vec<Value>) -> Self {
        let patient = resources.iter().find(|resource| resource["resourceType"] == "Patient");
        let patient = patient.and_then(|patient| patient["id"].as_str()).unwrap_or_default().to_owned();
        Self { base: base.trim_end_matches('/').to_owned(), patient, resources }
    }
}
