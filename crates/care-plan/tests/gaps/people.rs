//! The rules on whole records of real and invented people.

use std::collections::BTreeSet;
use std::sync::Arc;

use care_plan::decisions::{Decider, DeciderRole, Decision, Settled, SettledAs, Signature, Standing, Subject};
use care_plan::plan::DetectedIssue;
use care_plan::snapshot::{Record, Snapshot};
use care_plan::{Decisions, consolidate};
use fhir::{Resource, SourceId};
use sample_data::split::split;
use sample_data::{Person, TODAY};

use crate::support::record;

/// A person's records, asked for everything.
fn records(person: &Person) -> Vec<Record> {
    let servers =
        if person.servers.len() > 1 { person.servers.clone() } else { split(&person.servers[0].resources, 3) };
    let whole = |(at, server): (usize, &sample_data::Server)| {
        let id = SourceId::new(format!("s{at}"));
        let parse = |value: &serde_json::Value| Arc::new(Resource::parse(&id, &value.to_string()).expect("a resource"));
        let mut record = record(id.as_str(), &[]);
        record.resources = server.resources.iter().map(parse).collect();
        record.source.base = Some(server.base.clone());
        record
    };
    servers.iter().enumerate().map(whole).collect()
}

fn issues(records: &[Record], decisions: &Decisions) -> Vec<DetectedIssue> {
    consolidate(&Snapshot { records: records.to_vec() }, decisions, TODAY).issues
}

#[test]
fn no_two_issues_of_a_person_have_one_name_and_settling_all_leaves_none_open() {
    for person in sample_data::everybody() {
        let mut records = records(&person);
        let found = issues(&records, &Decisions::default());
        let names: BTreeSet<_> = found.iter().map(|issue| &issue.id).collect();
        let subjects: BTreeSet<_> = found.iter().map(Subject::of).collect();
        assert_eq!((names.len(), subjects.len()), (found.len(), found.len()), "{}", person.name);

        let signature = || Signature {
            by: Decider { id: "1".to_owned(), name: "Cora".to_owned(), role: Some(DeciderRole::Coordinator) },
            at: jiff::Timestamp::UNIX_EPOCH,
            reason: None,
        };
        let settle = |issue| Decision::Settled(Settled::about(issue, SettledAs::KeptAsIs, signature()));
        let decisions: Decisions = found.iter().map(settle).collect();
        records.reverse();
        let settled = issues(&records, &decisions);
        assert_eq!(settled.len(), found.len(), "{}", person.name);
        for issue in settled {
            assert!(matches!(issue.standing, Standing::Decided { .. }), "{}: {issue:?}", person.name);
        }
    }
}
