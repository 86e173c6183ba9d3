//! Nothing read is lost: each resource has a place in the plan, or stands aside with a reason.

use std::collections::BTreeSet;
use std::sync::Arc;

use care_plan::snapshot::{Problem, ProblemKind, Record};
use fhir::ResourceKey;
use sample_data::split::split;

use crate::world::{EVERYBODY, keys, plan, records};

/// Placed and aside are all that was read, nothing is in both, and the problems of the reading are told.
fn conserved(name: &str, records: Vec<Record>) {
    let read = keys(&records);
    let told: Vec<Problem> = records.iter().flat_map(|record| record.problems.clone()).collect();
    let plan = plan(records);
    let placed: BTreeSet<ResourceKey> = plan.placed().cloned().collect();
    let aside: BTreeSet<ResourceKey> = plan.aside.iter().map(|aside| aside.key.clone()).collect();
    assert_eq!(aside.len(), plan.aside.len(), "{name}: one reason each");
    let both: Vec<_> = placed.intersection(&aside).collect();
    assert!(both.is_empty(), "{name}: in the plan and aside: {both:?}");
    let held: BTreeSet<ResourceKey> = placed.union(&aside).cloned().collect();
    let lost: Vec<_> = read.difference(&held).collect();
    let made_up: Vec<_> = held.difference(&read).collect();
    assert!(lost.is_empty() && made_up.is_empty(), "{name}: lost {lost:?}, made up {made_up:?}");
    for problem in told {
        assert!(plan.problems.iter().any(|(_, other)| *other == problem), "{name}: {problem:?}");
    }
}

#[test]
fn each_resource_is_in_the_plan_or_aside_with_a_reason() {
    for person in EVERYBODY.iter() {
        conserved(&person.name, records(&person.servers));
        for server in &person.servers {
            for servers in 2..=5 {
                conserved(&person.name, records(&split(&server.resources, servers)));
            }
        }
    }
}

#[test]
fn what_could_not_be_used_is_told_beside_what_could() {
    let problem = |about: Option<&str>, kind| Problem { about: about.map(str::to_owned), kind };
    for person in EVERYBODY.iter() {
        let mut records = records(&person.servers);
        for (at, record) in records.iter_mut().enumerate() {
            // What a source sent twice, in another version, is no second resource.
            let again: Vec<_> = record.resources.iter().step_by(7).map(Arc::clone).collect();
            record.resources.extend(again);
            record.problems.extend([
                problem(Some("Goal/17"), ProblemKind::OtherPatient),
                problem(None, ProblemKind::Unreadable(format!("no id, entry {at}"))),
            ]);
        }
        conserved(&person.name, records);
    }
}
