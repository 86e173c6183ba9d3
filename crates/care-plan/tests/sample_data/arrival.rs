//! Who answers first changes nothing: not the order of sources, not that of resources, not how often one looks.

use care_plan::snapshot::{Read, Record, Status};
use sample_data::split::split;
use sample_data::{Person, Server};

use crate::world::{EVERYBODY, bytes, plan, records, scatter};

/// The servers that a person is read from: their own where there are several, else the one record split.
fn servers(person: &Person) -> Vec<Server> {
    if person.servers.len() > 1 { person.servers.clone() } else { split(&person.servers[0].resources, 3) }
}

/// The same records in an order that means nothing.
fn shuffled(records: &[Record], seed: u64) -> Vec<Record> {
    let mut records = records.to_vec();
    for record in &mut records {
        record.resources.sort_by_key(|resource| scatter(&resource.key().to_string(), seed));
        record.reads.sort_by_key(|read| scatter(&read.kind, seed));
    }
    records.sort_by_key(|record| scatter(record.source.id.as_str(), seed));
    records
}

#[test]
fn the_order_of_sources_and_resources_changes_no_byte() {
    for person in EVERYBODY.iter() {
        let records = records(&servers(person));
        let straight = bytes(&plan(records.clone()));
        for seed in 1..=3 {
            assert!(straight == bytes(&plan(shuffled(&records, seed))), "{} with seed {seed}", person.name);
        }
    }
}

#[test]
fn consolidating_again_changes_no_byte() {
    for person in EVERYBODY.iter() {
        let records = records(&servers(person));
        assert!(bytes(&plan(records.clone())) == bytes(&plan(records)), "{}", person.name);
    }
}

#[test]
fn what_was_shown_while_the_records_arrived_leaves_no_trace_in_the_whole_plan() {
    for person in EVERYBODY.iter() {
        let whole = records(&servers(person));
        let expected = bytes(&plan(whole.clone()));
        let arriving = shuffled(&whole, 5);
        for part in 1..4 {
            // A part of each record, its searches under way; the last source has not answered at all.
            let mut partial = arriving.clone();
            for (at, record) in partial.iter_mut().enumerate() {
                let came = if at + 1 == arriving.len() && part < 3 { 0 } else { record.resources.len() * part / 4 };
                record.resources.truncate(came);
                let pending = |read: Read| Read { status: Status::Pending, ..read };
                record.reads = record.reads.drain(..).map(pending).collect();
            }
            let shown = plan(partial);
            let ids: std::collections::BTreeSet<_> = crate::world::items(&shown).iter().map(|item| &item.id).collect();
            assert_eq!(ids.len(), crate::world::items(&shown).len(), "{}", person.name);
        }
        assert!(expected == bytes(&plan(arriving)), "{}", person.name);
    }
}
