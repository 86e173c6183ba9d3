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

fn plan_for(id: &str, conditions: &[&str]) -> Value {
    let addresses: Vec<Value> = conditions.iter().map(|condition| to(&format!("Condition/{condition}"))).collect();
    json!({ "resourceType": "CarePlan", "id": id, "status": "active", "title": format!("Plan {id}"), "addresses": addresses })
}

#[test]
fn the_concerns_of_one_plan_were_an_issue_each_and_are_one_that_lists_them() {
    let resources = [
        condition("1"),
        condition("2"),
        condition("3"),
        condition("4"),
        plan_for("a", &["1", "2"]),
        plan_for("b", &["2", "3"]),
    ];
    let mut issues: Vec<(String, Vec<String>, Severity)> = found(&resources, ConcernWithoutGoal)
        .into_iter()
        .map(|issue| (issue.title, issue.sides.into_iter().map(|side| side.key.id).collect(), issue.severity))
        .collect();
    issues.sort();
    let issue = |title: &str, of: &[&str], severity| {
        (title.to_owned(), of.iter().map(|id| (*id).to_owned()).collect(), severity)
    };
    assert_eq!(
        issues,
        [
            issue("Plan a", &["1", "2"], Severity::Moderate),
            issue("Problem 3", &["3"], Severity::Moderate),
            issue("Problem 4", &["4"], Severity::Low),
        ]
    );
}

#[test]
fn a_concern_of_the_plan_that_has_a_goal_is_not_on_its_list() {
    let aim = with(goal("g"), json!({ "addresses": [to("Condition/2")] }));
    let issues = found(
        &[condition("1"), condition("2"), condition("3"), aim, plan_for("a", &["1", "2", "3"])],
        ConcernWithoutGoal,
    );
    assert_eq!(issues.len(), 1);
    assert_eq!(issues[0].sides.iter().map(|side| side.key.id.as_str()).collect::<Vec<_>>(), ["1", "3"]);
    assert_eq!(issues[0].items.len(), 2);
    let wanted = issues[0].settle.iter().filter(|one| matches!(one, Settlement::Add { what: "Goal", to: Some(_) }));
    assert_eq!(wanted.count(), 2, "each concern can get one");
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

    #[test]
    fn each_lonely_concern_stands_in_one_issue_and_each_plan_has_one_at_most(plans in prop::collection::vec(prop::collection::vec(0..6_u8, 0..4), 0..4)) {
        let mut resources: Vec<Value> = (0..6).map(|at| condition(&at.to_string())).collect();
        for (at, of) in plans.iter().enumerate() {
            let of: Vec<String> = of.iter().map(ToString::to_string).collect();
            resources.push(plan_for(&at.to_string(), &of.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        let issues = found(&resources, ConcernWithoutGoal);
        let mut told: Vec<&str> = issues.iter().flat_map(|issue| &issue.sides).map(|side| side.key.id.as_str()).collect();
        told.sort_unstable();
        prop_assert_eq!(told, ["0", "1", "2", "3", "4", "5"]);
        let of_plans = issues.iter().filter(|issue| issue.severity == Severity::Moderate).count();
        prop_assert!(of_plans <= plans.len());
    }
}
