//! Which server holds a resource never decides whether two are one.

use sample_data::split::{dealt, split};
use sample_data::{Person, Server};

use crate::world::{EVERYBODY, differences, plan, records, shape};

/// Plans of a record read from one server and from several have the same clusters and links.
fn same_clusters(person: &Person, whole: &Server, parts: &[Server], how: &str) -> Vec<String> {
    let one = shape(&plan(records(std::slice::from_ref(whole))));
    let several = shape(&plan(records(parts)));
    let told = |difference: String| format!("{} {how} {}: {difference}", person.name, parts.len());
    differences(&one, &several).into_iter().map(told).collect()
}

#[test]
fn a_record_split_over_the_places_that_wrote_it_gives_the_same_clusters() {
    let mut found = Vec::new();
    for person in EVERYBODY.iter() {
        for whole in &person.servers {
            for servers in 1..=5 {
                let parts = split(&whole.resources, servers);
                if parts.len() == servers {
                    found.extend(same_clusters(person, whole, &parts, "split over"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}

#[test]
fn a_record_dealt_out_without_sense_gives_the_same_clusters() {
    let mut found = Vec::new();
    for person in EVERYBODY.iter() {
        for whole in &person.servers {
            for (servers, seed) in [(2, 1), (3, 2), (5, 3)] {
                let parts = dealt(&whole.resources, servers, seed);
                found.extend(same_clusters(person, whole, &parts, "dealt out over"));
            }
        }
    }
    assert!(found.is_empty(), "{} differences\n{}", found.len(), found.join("\n"));
}
