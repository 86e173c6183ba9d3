//! A current concern that no goal answers.

use care_plan::plan::IssueCode::ConcernWithoutGoal;
use care_plan::plan::{Settlement, Severity};
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn category(code: &str) -> Value {
    json!({ "category": [{ "coding": [{ "code": code }] }] })
}

#[test]
fn a_problem_of_long_standing_that_no_goal_names_is_found() {
    let issues = found(&[condition("ckd")], ConcernWithoutGoal);
    assert_eq!((issues.len(), issues[0].severity, issues[0].title.as_str()), (1, Severity::Low, "Problem ckd"));
    assert_eq!(facts(&issues[0], "status"), ["active"]);
    assert!(issues[0].settle.iter().any(|one| matches!(one, Settlement::Add { what: "Goal", to: Some(_) })));
}

#[test]
fn what_a_plan_addresses_weighs_more_whatever_its_category() {
    let diagnosis = with(condition("ckd"), category("encounter-diagnosis"));
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "addresses": [to("Condition/ckd")] });
    let issues = found(&[diagnosis.clone(), plan.clone()], ConcernWithoutGoal);
    assert_eq!(issues.iter().map(|issue| issue.severity).collect::<Vec<_>>(), [Severity::Moderate]);
    let over = with(plan, json!({ "status": "completed" }));
    assert!(found(&[diagnosis, over], ConcernWithoutGoal).is_empty());
}

#[test]
fn what_needs_no_goal_of_its_own_stays_silent() {
    let silent = [
        with(condition("1"), category("encounter-diagnosis")),
        with(condition("1"), json!({ "clinicalStatus": { "coding": [{ "code": "resolved" }] } })),
        with(condition("1"), json!({ "verificationStatus": { "coding": [{ "code": "refuted" }] } })),
        with(condition("1"), json!({ "verificationStatus": { "coding": [{ "code": "provisional" }] } })),
        with(condition("1"), json!({ "onsetDateTime": "2026-10-01" })),
        with(condition("1"), json!({ "asserter": to("Patient/p") })),
    ];
    for resource in silent {
        assert_eq!(titles(std::slice::from_ref(&resource), ConcernWithoutGoal), [""; 0], "{resource}");
    }
    let patient = json!({ "resourceType": "Patient", "id": "p" });
    let finding = json!({ "resourceType": "Observation", "id": "o", "status": "final", "code": { "text": "Fatigue" } });
    let goal = with(goal("g"), json!({ "lifecycleStatus": "cancelled", "addresses": [to("Observation/o")] }));
    assert!(found(&[patient, finding, goal], ConcernWithoutGoal).is_empty());
}

#[test]
fn a_goal_that_was_reached_is_an_answer_and_one_that_was_called_off_is_none() {
    let aim = |status: &str| with(goal("g"), json!({ "lifecycleStatus": status, "addresses": [to("Condition/1")] }));
    assert!(found(&[condition("1"), aim("completed")], ConcernWithoutGoal).is_empty());
    assert_eq!(found(&[condition("1"), aim("cancelled")], ConcernWithoutGoal).len(), 1);
}

#[test]
fn a_source_that_withholds_goals_is_not_one_without_goals() {
    for status in [Status::NotPermitted(Reason::NoScope), Status::Failed(Reason::TimedOut), Status::Pending] {
        let withheld = but(record("a", &[condition("1")]), "Goal", status.clone());
        assert!(found_in(vec![withheld], ConcernWithoutGoal).is_empty(), "{status:?}");
    }
    let without = but(record("a", &[condition("1")]), "Goal", Status::NotSupported);
    assert_eq!(found_in(vec![without], ConcernWithoutGoal).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn exactly_the_problems_that_no_goal_names_are_found(named in prop::collection::vec(any::<bool>(), 0..8)) {
        let mut resources: Vec<Value> = (0..named.len()).map(|at| condition(&at.to_string())).collect();
        let names = named.iter().enumerate().filter(|(_, named)| **named);
        resources.extend(names.map(|(at, _)| with(goal(&at.to_string()), json!({ "addresses": [to(&format!("Condition/{at}"))] }))));
        let lonely: Vec<String> = named.iter().enumerate().filter(|(_, named)| !**named).map(|(at, _)| format!("Problem {at}")).collect();
        prop_assert_eq!(titles(&resources, ConcernWithoutGoal), lonely);
    }
}
