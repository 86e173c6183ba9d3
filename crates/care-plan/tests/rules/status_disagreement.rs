//! Status disagreement.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{coded, goal, issues, one, order, record, silent, snomed, told, two, with};

const CODE: IssueCode = IssueCode::StatusDisagreement;

fn stated(id: &str, status: &str) -> Value {
    with(goal(id, 7.0), json!({ "lifecycleStatus": status, "startDate": "2026-01-10", "statusDate": "2026-06-01" }))
}

fn service(id: &str, status: &str) -> Value {
    json!({ "resourceType": "ServiceRequest", "id": id, "status": status, "intent": "order",
        "identifier": [{ "system": "urn:orders", "value": "17" }], "code": snomed("91251008", "Physical therapy") })
}

#[test]
fn a_goal_that_is_over_here_and_goes_on_there_is_told() {
    let issue = one(CODE, two(stated("g1", "completed"), stated("g2", "active")));
    assert_eq!(told(&issue), "moderate\na/Goal/g1: completed\nb/Goal/g2: active");
}

#[test]
fn on_hold_here_and_active_there_is_less_grave_and_planned_is_on_the_way() {
    let issue = one(CODE, two(stated("g1", "on-hold"), stated("g2", "active")));
    assert!(told(&issue).starts_with("low"));
    silent(CODE, two(stated("g1", "planned"), stated("g2", "active")));
    silent(CODE, two(stated("g1", "completed"), stated("g2", "cancelled")));
}

#[test]
fn a_goal_that_another_target_has_followed_is_history() {
    let done = with(
        goal("g1", 8.0),
        json!({ "lifecycleStatus": "completed", "startDate": "2025-01-01", "statusDate": "2026-06-01" }),
    );
    silent(CODE, two(done, stated("g2", "active")));
}

#[test]
fn achieved_here_and_not_there_is_told_where_both_pursue_it() {
    let system = "http://terminology.hl7.org/CodeSystem/goal-achievement";
    let reached = |id, code| with(goal(id, 7.0), json!({ "achievementStatus": coded(system, code, code) }));
    let issue = one(CODE, two(reached("g1", "achieved"), reached("g2", "not-achieved")));
    assert_eq!(
        (told(&issue).as_str(), issue.element.as_str()),
        ("low\na/Goal/g1: achieved\nb/Goal/g2: not-achieved", "Goal.achievementStatus")
    );
    silent(CODE, two(reached("g1", "improving"), reached("g2", "in-progress")));
}

#[test]
fn one_order_with_two_statuses_is_told_and_two_orders_are_not_one() {
    let issue = one(CODE, two(service("s1", "active"), service("s2", "revoked")));
    assert_eq!(told(&issue), "moderate\na/ServiceRequest/s1: active\nb/ServiceRequest/s2: revoked");
    let other = with(service("s2", "on-hold"), json!({ "identifier": [] }));
    silent(CODE, two(service("s1", "active"), other));
}

#[test]
fn a_medication_on_hold_here_and_active_there_is_told() {
    let held = order("m1", "lisinopril 10 MG Oral Tablet", json!({ "status": "on-hold" }));
    let issue = one(CODE, two(held, order("m2", "lisinopril 10 MG Oral Tablet", json!({}))));
    assert!(told(&issue).starts_with("moderate"), "{}", told(&issue));
}

#[test]
fn a_procedure_done_in_one_record_and_not_in_the_other_is_told() {
    let done = |id: &str, status: &str| {
        json!({ "resourceType": "Procedure", "id": id, "status": status,
        "code": snomed("73761001", "Colonoscopy"), "performedDateTime": "2026-03-01T09:30:00Z" })
    };
    let issue = one(CODE, two(done("p1", "completed"), done("p2", "not-done")));
    assert!(told(&issue).starts_with("moderate"));
    silent(CODE, two(done("p1", "completed"), done("p2", "completed")));
}

#[test]
fn a_goal_that_ended_before_the_other_began_is_history_and_an_unknown_status_says_nothing() {
    let ended = with(stated("g1", "completed"), json!({ "statusDate": "2026-01-09" }));
    silent(CODE, two(ended, stated("g2", "active")));
    let unknown = order("m1", "lisinopril 10 MG Oral Tablet", json!({ "status": "unknown" }));
    silent(CODE, two(unknown, order("m2", "lisinopril 10 MG Oral Tablet", json!({}))));
    silent(CODE, vec![record("a", &[stated("g1", "completed"), stated("g2", "active")])]);
}

#[test]
fn only_the_prescriber_is_asked_about_an_order_on_hold() {
    let held = order("m1", "lisinopril 10 MG Oral Tablet", json!({ "status": "on-hold" }));
    let issue = one(CODE, two(held, order("m2", "lisinopril 10 MG Oral Tablet", json!({}))));
    let edits = serde_json::to_string(&issue.settle).expect("edits as JSON");
    assert!(edits.contains("askPrescriber") && !edits.contains("adopt"), "{edits}");
    let own = || order("m1", "lisinopril 10 MG Oral Tablet", json!({ "status": "on-hold" }));
    silent(CODE, vec![record("a", &[own(), order("m2", "lisinopril 10 MG Oral Tablet", json!({}))])]);
}

#[test]
fn an_order_whose_status_nobody_knows_contradicts_no_other_record() {
    for other in ["revoked", "completed", "on-hold", "active"] {
        silent(CODE, two(service("s1", "unknown"), service("s2", other)));
    }
}

#[test]
fn a_target_reached_here_is_not_contradicted_by_who_aims_further_there() {
    let system = "http://terminology.hl7.org/CodeSystem/goal-achievement";
    let aims = |id, below, code| with(goal(id, below), json!({ "achievementStatus": coded(system, code, code) }));
    silent(CODE, two(aims("g1", 8.0, "achieved"), aims("g2", 7.0, "in-progress")));
    one(CODE, two(aims("g1", 8.0, "achieved"), aims("g2", 8.0, "in-progress")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn records_that_say_the_same_never_disagree(status in "active|completed|on-hold|planned|cancelled", count in 1_usize..5) {
        let at = |at: usize| record(&format!("s{at}"), &[stated(&format!("g{at}"), &status)]);
        prop_assert!(issues(CODE, (0..count).map(at).collect()).is_empty());
    }
}
