//! What two places recorded about the same thing is one thing, and what they say differently is seen.

use std::collections::BTreeSet;

use sample_data::split::{overlap, split};

use crate::world::{EVERYBODY, cluster, plan, records};

#[test]
fn a_condition_that_a_second_place_copied_is_one_concern_with_the_first() {
    let mut copies = 0;
    for person in EVERYBODY.iter() {
        let mut parts = split(&person.servers[0].resources, 2);
        if parts.len() < 2 {
            continue;
        }
        let before: BTreeSet<String> = names(&parts);
        overlap(&mut parts);
        let plan = plan(records(&parts));
        for copy in names(&parts).difference(&before).filter(|name| name.starts_with("Condition/")) {
            let original = copy.replacen("copy-", "", 1);
            let holding =
                plan.concerns.iter().find(|concern| cluster(&concern.item).contains(copy)).expect("a concern");
            assert!(cluster(&holding.item).iter().any(|name| name.starts_with(&original)), "{}: {copy}", person.name);
            copies += 1;
        }
    }
    if EVERYBODY.len() > sample_data::invented().len() {
        assert!(copies > 0);
    }
}

fn names(servers: &[sample_data::Server]) -> BTreeSet<String> {
    let all = servers.iter().flat_map(|server| &server.resources).map(sample_data::split::local);
    all.map(|name| format!("{}/{}", name.kind, name.id)).collect()
}
