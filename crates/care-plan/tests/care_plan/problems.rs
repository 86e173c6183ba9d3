//! What could not be used.

use care_plan::snapshot::{ProblemKind, Reason, Status};
use serde_json::{Value, json};

use crate::support::{plan, plan_of, read, record};

fn goal(addresses: &str) -> Value {
    json!({ "resourceType": "Goal", "id": "g", "addresses": [{ "reference": addresses }] })
}

#[test]
fn a_reference_that_leads_nowhere_is_a_problem_that_says_from_where() {
    let problems = plan_of(&[goal("Condition/gone")]).problems;
    assert_eq!(problems.len(), 1);
    let (source, problem) = &problems[0];
    assert_eq!((source.id.as_str(), problem.about.as_deref()), ("a", Some("Goal/g")));
    let ProblemKind::Dangling(text) = &problem.kind else { panic!("{problem:?}") };
    assert_eq!(text, "Goal.addresses of Goal/g leads to Condition/gone, which is not there");
}

#[test]
fn words_and_identifiers_alone_are_no_broken_references() {
    let goal = json!({ "resourceType": "Goal", "id": "g", "addresses": [{ "display": "Kidney disease" }, { "identifier": { "value": "1" } }] });
    assert_eq!(plan_of(&[goal]).problems, []);
}

#[test]
fn what_was_not_read_is_not_called_missing() {
    for status in [
        Status::Pending,
        Status::Failed(Reason::TimedOut),
        Status::NotPermitted(Reason::NoScope),
        Status::Partial(Reason::Truncated),
    ] {
        let mut record = record("a", &[goal("Condition/1")]);
        record.reads.push(read("Condition", status));
        assert_eq!(plan(vec![record]).problems, []);
    }
}

#[test]
fn a_reference_never_leads_into_another_source() {
    let condition = json!({ "resourceType": "Condition", "id": "1" });
    let plan = plan(vec![record("a", &[goal("Condition/1")]), record("b", &[condition])]);
    assert_eq!((plan.links.len(), plan.problems.len()), (0, 1));
}
