//! What is offered for adoption: every record that others contradict, as long as somebody can choose among them.

use care_plan::plan::{DetectedIssue, IssueCode, Settlement};
use care_plan::snapshot::Record;
use serde_json::{Value, json};

use crate::support::{clinical, condition, goal, one, record, snomed, with};

/// Records of which half says one thing and half another, at two sources.
fn halves(count: usize, one: impl Fn(&str) -> Value, other: impl Fn(&str) -> Value) -> Vec<Record> {
    let (even, odd): (Vec<usize>, Vec<usize>) = (0..count).partition(|at| at % 2 == 0);
    let of = |places: Vec<usize>, make: &dyn Fn(&str) -> Value| -> Vec<Value> {
        places.into_iter().map(|at| make(&format!("r{at:02}"))).collect()
    };
    vec![record("a", &of(even, &one)), record("b", &of(odd, &other))]
}

fn dated(id: &str, status: &str) -> Value {
    condition(id, json!({ "clinicalStatus": clinical(status), "onsetDateTime": "2014", "recordedDate": "2025" }))
}

fn begun(id: &str, onset: &str) -> Value {
    condition(id, json!({ "onsetDateTime": onset }))
}

fn staged(id: &str, code: &str, title: &str) -> Value {
    condition(id, json!({ "code": snomed(code, title) }))
}

fn due(id: &str, day: &str) -> Value {
    let mut goal = goal(id, 7.0);
    goal["target"][0]["dueDate"] = Value::from(day);
    goal
}

fn pursued(id: &str, status: &str) -> Value {
    with(goal(id, 7.0), json!({ "lifecycleStatus": status, "startDate": "2026-01-10", "statusDate": "2026-06-01" }))
}

fn service(id: &str, status: &str) -> Value {
    json!({ "resourceType": "ServiceRequest", "id": id, "status": status, "intent": "order",
        "identifier": [{ "system": "urn:orders", "value": "17" }], "code": snomed("91251008", "Physical therapy") })
}

/// An issue of each rule that offers records for adoption, between this many records.
fn contested(count: usize) -> Vec<DetectedIssue> {
    let stages = [("433144002", "Chronic kidney disease stage 3"), ("431857002", "Chronic kidney disease stage 4")];
    let cases = [
        (IssueCode::ClinicalStatusDisagreement, halves(count, |id| dated(id, "active"), |id| dated(id, "resolved"))),
        (IssueCode::OnsetDisagreement, halves(count, |id| begun(id, "2010-03-05"), |id| begun(id, "2020-03-05"))),
        (
            IssueCode::StageDisagreement,
            halves(count, |id| staged(id, stages[0].0, stages[0].1), |id| staged(id, stages[1].0, stages[1].1)),
        ),
        (IssueCode::ContradictoryTargets, halves(count, |id| goal(id, 7.0), |id| goal(id, 8.0))),
        (IssueCode::ContradictoryDueDates, halves(count, |id| due(id, "2026-12-31"), |id| due(id, "2027-06-30"))),
        (IssueCode::StatusDisagreement, halves(count, |id| pursued(id, "active"), |id| pursued(id, "completed"))),
        (IssueCode::StatusDisagreement, halves(count, |id| service(id, "active"), |id| service(id, "revoked"))),
    ];
    cases.into_iter().map(|(code, records)| one(code, records)).collect()
}

/// How many records each offer would change.
fn offers(issue: &DetectedIssue) -> Vec<usize> {
    let changed = |settlement: &Settlement| match settlement {
        Settlement::Adopt { to, .. } => Some(to.len()),
        _ => None,
    };
    issue.settle.iter().filter_map(changed).collect()
}

#[test]
fn each_of_up_to_forty_records_is_offered_to_all_that_contradict_it() {
    for count in [4, 40] {
        for issue in contested(count) {
            let offers = offers(&issue);
            assert_eq!((issue.sides.len(), offers.len()), (count, count), "{:?} {}", issue.code, issue.element);
            assert!(offers.iter().all(|to| *to >= count / 2), "{:?} {}: {offers:?}", issue.code, issue.element);
        }
    }
}

#[test]
fn more_than_forty_records_are_all_told_and_none_is_offered() {
    for issue in contested(41) {
        assert_eq!((issue.sides.len(), offers(&issue)), (41, Vec::new()), "{:?} {}", issue.code, issue.element);
        assert!(issue.settle.contains(&Settlement::KeepAsIs), "{:?} {}", issue.code, issue.element);
    }
}
