//! What the rules say of the real and the invented people: one name an issue, the same in whatever order, and little.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use care_plan::plan::{DetectedIssue, IssueCode};
use care_plan::snapshot::{Record, Snapshot};
use care_plan::{Decisions, consolidate};
use sample_data::{Person, TODAY};

use crate::support::record_of;

/// Everybody, loaded once.
static EVERYBODY: LazyLock<Vec<Person>> = LazyLock::new(sample_data::everybody);

/// The rules for disagreements and safety are the first codes, up to this one.
const LAST: IssueCode = IssueCode::ForInactiveCondition;

fn records(person: &Person) -> Vec<Record> {
    let servers = person.servers.iter().enumerate();
    servers.map(|(at, server)| record_of(&format!("s{at}"), server.resources.iter().map(ToString::to_string))).collect()
}

fn found(records: Vec<Record>) -> Vec<DetectedIssue> {
    let plan = consolidate(&Snapshot { records }, &Decisions::default(), TODAY);
    plan.issues.into_iter().filter(|issue| issue.code <= LAST).collect()
}

#[test]
fn every_issue_of_everybody_has_a_name_of_its_own_and_something_to_show() {
    for person in EVERYBODY.iter() {
        let issues = found(records(person));
        let names: BTreeSet<_> = issues.iter().map(|issue| &issue.id).collect();
        assert_eq!(names.len(), issues.len(), "{}", person.name);
        for issue in &issues {
            assert!(issue.sides.len() > 1, "{}: {issue:#?}", person.name);
            assert!(issue.settle.len() > 1, "{}: {issue:#?}", person.name);
            let told = issue.sides.iter().flat_map(|side| &side.says).any(|fact| fact.differs);
            assert!(told || issue.code == IssueCode::DuplicateRequest, "{}: {issue:#?}", person.name);
        }
    }
}

#[test]
fn the_order_of_servers_changes_no_issue_of_anybody() {
    for person in EVERYBODY.iter() {
        let records = records(person);
        assert_eq!(found(records.iter().rev().cloned().collect()), found(records), "{}", person.name);
    }
}

/// How many issues there are of each code, but for what is asked for twice.
fn counts(issues: &[DetectedIssue]) -> BTreeMap<IssueCode, usize> {
    let mut counts = BTreeMap::new();
    for issue in issues.iter().filter(|issue| issue.code != IssueCode::DuplicateRequest) {
        *counts.entry(issue.code).or_default() += 1;
    }
    counts
}

#[test]
fn a_place_that_says_the_same_adds_no_disagreement_to_anybody() {
    for person in EVERYBODY.iter() {
        let mut all = records(person);
        let alone = counts(&found(all.clone()));
        let first = person.servers[0].resources.iter().map(ToString::to_string);
        all.push(record_of("again", first));
        assert_eq!(counts(&found(all)), alone, "{}", person.name);
    }
}
