//! What the patient voiced and nothing answers.

use care_plan::plan::IssueCode::{ConcernWithoutGoal, PatientConcernUnanswered};
use care_plan::plan::Severity;
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::*;

fn voiced() -> Value {
    with(condition("1"), json!({ "asserter": to("Patient/p") }))
}

fn patient() -> Value {
    json!({ "resourceType": "Patient", "id": "p" })
}

#[test]
fn a_voiced_concern_that_nothing_follows_from_is_found_once() {
    let issues = found(&[voiced(), patient()], PatientConcernUnanswered);
    assert_eq!((issues.len(), issues[0].severity), (1, Severity::Moderate));
    assert!(found(&[voiced(), patient()], ConcernWithoutGoal).is_empty(), "one rule asks, not two");
}

#[test]
fn an_answer_of_any_kind_is_one() {
    let aim = |status: &str| with(goal("1"), json!({ "lifecycleStatus": status, "addresses": [to("Condition/1")] }));
    let act = with(order("1"), json!({ "reasonReference": [to("Condition/1")] }));
    for answer in [aim("active"), aim("rejected"), act] {
        assert_eq!(titles(&[voiced(), patient(), answer.clone()], PatientConcernUnanswered), [""; 0], "{answer}");
    }
    let asserted = with(condition("1"), json!({ "asserter": to("Practitioner/1") }));
    assert!(found(&[asserted], PatientConcernUnanswered).is_empty(), "a clinician said so");
    let over = with(voiced(), json!({ "clinicalStatus": { "coding": [{ "code": "resolved" }] } }));
    assert!(found(&[over, patient()], PatientConcernUnanswered).is_empty());
}

#[test]
fn where_goals_could_not_be_read_an_answer_may_be_there() {
    let hidden = but(record("a", &[voiced(), patient()]), "Goal", Status::Failed(Reason::Unreachable));
    assert!(found_in(vec![hidden], PatientConcernUnanswered).is_empty());
}

proptest! {
    #[test]
    fn only_what_still_troubles_the_patient_is_asked_for(
        status in select(vec!["active", "recurrence", "relapse", "inactive", "remission", "resolved"]),
    ) {
        let said = with(voiced(), json!({ "clinicalStatus": { "coding": [{ "code": status }] } }));
        let present = matches!(status, "active" | "recurrence" | "relapse");
        prop_assert_eq!(found(&[said, patient()], PatientConcernUnanswered).len(), usize::from(present));
    }
}
