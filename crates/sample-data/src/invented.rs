//! The sandbox's own people, who are always at hand.

use jiff::civil::{Date, date};
use sandbox::people::{bundles, whereabouts};

use crate::load::{resources, store};
use crate::{Person, Server};

/// The day that the invented people's dates are counted from.
pub const TODAY: Date = date(2026, 11, 21);

/// Every invented person, at each of their servers.
pub fn invented() -> Vec<Person> {
    let everywhere = whereabouts();
    let person = |person: &sandbox::people::Whereabouts| {
        let server = |(ehr, patient): &(&'static str, String)| {
            let store = store();
            // The first Bundle of an EHR is its staff; each of the others is one person.
            let mut bundles = bundles(ehr, TODAY).into_iter();
            let staff = bundles.next();
            let own = bundles.find(|bundle| {
                let entries = bundle["entry"].as_array().into_iter().flatten();
                entries.into_iter().any(|entry| {
                    entry["resource"]["resourceType"] == "Patient" && entry["resource"]["id"] == patient.as_str()
                })
            });
            for bundle in staff.iter().chain(&own) {
                store.load_bundle(bundle).expect("a Bundle");
            }
            Server::new(&format!("https://{ehr}.example/fhir"), resources(&store))
        };
        Person { name: person.name.to_owned(), servers: person.patients.iter().map(server).collect() }
    };
    everywhere.iter().map(person).collect()
}
