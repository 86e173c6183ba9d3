//! For an inactive condition.

use care_plan::plan::{IssueCode, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{clinical, condition, goal, issues, one, order, record, silent, snomed, verified, with};

const CODE: IssueCode = IssueCode::ForInactiveCondition;

fn over() -> Value {
    condition(
        "c",
        json!({ "clinicalStatus": clinical("resolved"), "onsetDateTime": "2015", "abatementDateTime": "2019" }),
    )
}

fn aimed(fields: Value) -> Value {
    with(with(goal("g", 7.0), json!({ "addresses": [{ "reference": "Condition/c" }] })), fields)
}

#[test]
fn a_goal_an_order_and_a_plan_for_a_condition_that_is_over_are_one_issue() {
    let reason = json!([{ "reference": "Condition/c" }]);
    let therapy = json!({ "resourceType": "ServiceRequest", "id": "s", "status": "active", "intent": "order",
        "code": snomed("91251008", "Physical therapy"), "reasonReference": reason });
    let plan = json!({ "resourceType": "CarePlan", "id": "p", "status": "active", "intent": "plan", "title": "Diabetes plan",
        "addresses": reason });
    let taken = order("m", "metformin 500 MG Oral Tablet", json!({ "reasonReference": reason }));
    let issue = one(CODE, vec![record("a", &[over(), aimed(json!({})), therapy, plan, taken])]);
    assert_eq!((issue.severity, issue.sides.len(), issue.items.len()), (Severity::Low, 5, 4));
    let told = serde_json::to_string(&issue.settle).expect("edits as JSON");
    assert!(told.contains("askPrescriber") && told.contains("Goal.lifecycleStatus"), "{told}");
}

#[test]
fn a_goal_for_a_refuted_condition_is_graver() {
    let refuted = condition("c", json!({ "verificationStatus": verified("refuted") }));
    assert_eq!(one(CODE, vec![record("a", &[refuted, aimed(json!({}))])]).severity, Severity::Moderate);
}

#[test]
fn a_condition_that_any_record_holds_to_be_present_or_in_remission_is_worth_a_goal() {
    silent(CODE, vec![record("a", &[condition("c", json!({})), aimed(json!({}))])]);
    let resolved = condition(
        "c",
        json!({ "clinicalStatus": clinical("resolved"), "onsetDateTime": "2015", "recordedDate": "2025" }),
    );
    let present = condition("d", json!({ "onsetDateTime": "2015" }));
    silent(CODE, vec![record("a", &[resolved, aimed(json!({}))]), record("b", &[present])]);
    silent(
        CODE,
        vec![record("a", &[condition("c", json!({ "clinicalStatus": clinical("remission") })), aimed(json!({}))])],
    );
}

#[test]
fn what_is_for_another_condition_too_or_is_over_itself_stays_silent() {
    let other = condition("d", json!({ "code": snomed("38341003", "Hypertension") }));
    let both = aimed(json!({ "addresses": [{ "reference": "Condition/c" }, { "reference": "Condition/d" }] }));
    silent(CODE, vec![record("a", &[over(), other, both])]);
    silent(CODE, vec![record("a", &[over(), aimed(json!({ "lifecycleStatus": "completed" }))])]);
    silent(CODE, vec![record("a", &[over(), goal("g", 7.0)])]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]
    #[test]
    fn one_issue_a_condition_however_much_goes_on_for_it(count in 0_usize..5) {
        let aim = |at: usize| with(aimed(json!({})), json!({ "id": format!("g{at}") }));
        let all: Vec<Value> = (0..count).map(aim).chain([over()]).collect();
        let found = issues(CODE, vec![record("a", &all)]);
        prop_assert_eq!(found.len(), usize::from(count > 0));
        let turned: Vec<Value> = all.into_iter().rev().collect();
        prop_assert_eq!(issues(CODE, vec![record("a", &turned)]), found);
    }
}
