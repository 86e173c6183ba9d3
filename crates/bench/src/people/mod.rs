//! One invented person with several chronic conditions, at as many places as wanted, in records of any size.
//!
//! Nobody here exists. A record is drawn from a seed: the same wish gives the same record on every machine.

mod codes;
mod draw;

use serde_json::{Value, json};

use draw::Draw;

/// How the codes of a record spread as it grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// The same few conditions, measures and medications again and again, as in a record of many years.
    Long,
    /// Ever new ones: every tenth resource brings a code of its own.
    Wide,
}

/// What record is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Seed of all that is drawn.
    pub seed: u64,
    /// Which place's record of the person it is, counted from 0.
    pub place: usize,
    /// Resources in it, the person and the staff included.
    pub resources: usize,
    /// How its codes spread.
    pub shape: Shape,
}

/// Practitioners at each place.
const STAFF: usize = 3;

/// The Patient id of the person at a place.
pub fn patient_id(place: usize) -> String {
    format!("person-at-{place}")
}

/// The record that is wished for, the Patient first.
pub fn record(wish: Wish) -> Vec<Value> {
    let mut draw = Draw::new(wish);
    let mut resources = vec![patient(wish.place), draw.organization()];
    resources.extend((0..STAFF).map(|at| draw.practitioner(at)));
    resources.extend([draw.care_team(), draw.care_plan()]);
    let mut at = 0;
    while resources.len() < wish.resources {
        resources.push(draw.next(at));
        at += 1;
    }
    resources.truncate(wish.resources.max(1));
    resources
}

/// Some resources as the text of one page of a search.
pub fn bundle(resources: &[Value]) -> String {
    let entry = |resource: &Value| json!({ "resource": resource, "search": { "mode": "match" } });
    let entries: Vec<Value> = resources.iter().map(entry).collect();
    json!({ "resourceType": "Bundle", "type": "searchset", "total": entries.len(), "entry": entries }).to_string()
}

fn patient(place: usize) -> Value {
    json!({
        "resourceType": "Patient", "id": patient_id(place), "meta": { "versionId": "1", "lastUpdated": "2026-10-01T08:00:00Z" },
        "identifier": [{ "system": format!("https://place-{place}.example/mrn"), "value": format!("MRN-{place}-4711") }],
        "name": [{ "use": "official", "family": "Bench", "given": ["Bella"] }], "gender": "female", "birthDate": "1951-03-14"
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn wish(place: usize, resources: usize) -> Wish {
        Wish { seed: 7, place, resources, shape: Shape::Long }
    }

    #[test]
    fn one_seed_gives_the_same_record_and_another_place_another() {
        assert_eq!(record(wish(0, 300)), record(wish(0, 300)));
        assert_ne!(record(wish(0, 300))[20..], record(wish(1, 300))[20..]);
        assert_ne!(record(wish(0, 300)), record(Wish { seed: 8, ..wish(0, 300) }));
    }

    #[test]
    fn a_record_has_the_size_that_was_wished_for_and_each_resource_once() {
        for size in [1, 40, 480, 2_000] {
            let record = record(wish(0, size));
            let names: BTreeSet<String> =
                record.iter().map(|resource| format!("{}/{}", resource["resourceType"], resource["id"])).collect();
            assert_eq!((record.len(), names.len()), (size, size));
        }
    }

    #[test]
    fn every_type_that_the_peer_reads_is_in_a_record() {
        let kinds: BTreeSet<String> = record(wish(0, 480))
            .iter()
            .filter_map(|resource| Some(resource["resourceType"].as_str()?.to_owned()))
            .collect();
        for kind in crate::peer::KINDS {
            assert!(kinds.contains(*kind), "{kind} is not in {kinds:?}");
        }
    }

    #[test]
    fn a_wide_record_brings_new_codes_as_it_grows() {
        let codes = |shape, resources| {
            let record = record(Wish { shape, ..wish(0, resources) });
            record.iter().map(|resource| resource["code"].to_string()).collect::<BTreeSet<_>>().len()
        };
        assert_eq!(codes(Shape::Long, 2_000), codes(Shape::Long, 4_000));
        assert!(codes(Shape::Wide, 4_000) > codes(Shape::Wide, 2_000) + 100);
    }
}
