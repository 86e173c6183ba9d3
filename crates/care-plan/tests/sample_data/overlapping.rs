//! What two places recorded about the same thing is one thing, and what they say differently is seen.

use std::collections::BTreeSet;

use care_plan::plan::IssueCode;
use sample_data::split::{dealt, overlap, split};

use crate::world::{EVERYBODY, cluster, plan, records};

#[test]
fn a_condition_that_a_second_place_copied_is_one_concern_and_its_other_status_is_found() {
    let mut copies = 0;
    for person in EVERYBODY.iter() {
        let mut parts = split(&person.servers[0].resources, 2);
        if parts.len() < 2 {
            // One place wrote it all: then it is dealt out.
            parts = dealt(&person.servers[0].resources, 2, 1);
        }
        let before: BTreeSet<String> = names(&parts);
        overlap(&mut parts);
        let plan = plan(records(&parts));
        for copy in names(&parts).difference(&before).filter(|name| name.starts_with("Condition/")) {
            let original = copy.replacen("copy-", "", 1);
            let holding =
                plan.concerns.iter().find(|concern| cluster(&concern.item).contains(copy)).expect("a concern");
            let joined = cluster(&holding.item).iter().any(|name| name.starts_with(&original));
            // Words alone never join.
            assert_eq!(joined, !holding.code.coding.is_empty(), "{}: {copy}", person.name);
            let says =
                |status: &str| holding.statements.iter().any(|one| one.clinical_status.as_deref() == Some(status));
            let disagreeing = plan.issues.iter().filter(|issue| {
                issue.code == IssueCode::ClinicalStatusDisagreement && issue.items.contains(&holding.item.id)
            });
            assert_eq!(disagreeing.count(), usize::from(says("inactive") && says("active")), "{}: {copy}", person.name);
            copies += 1;
        }
    }
    assert!(copies > 0);
}

fn names(servers: &[sample_data::Server]) -> BTreeSet<String> {
    let all = servers.iter().flat_map(|server| &server.resources).map(sample_data::split::local);
    all.map(|name| format!("{}/{}", name.kind, name.id)).collect()
}
