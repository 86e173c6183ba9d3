//! A goal that is reached and still pursued.

use care_plan::plan::IssueCode::GoalMetButActive;
use care_plan::plan::Settlement;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::*;

fn reached(status: &str) -> Value {
    with(goal("1"), json!({ "achievementStatus": { "coding": [{ "code": status }] } }))
}

fn percent(value: f64) -> Value {
    json!({ "value": value, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%" })
}

fn a1c_below_7_by(due: &str) -> Value {
    let quantity = with(percent(7.0), json!({ "comparator": "<" }));
    with(goal("1"), json!({ "target": [{ "measure": loinc("4548-4"), "detailQuantity": quantity, "dueDate": due }] }))
}

fn a1c_below_7() -> Value {
    a1c_below_7_by("2026-11-21")
}

fn a1c(value: f64, day: &str) -> Value {
    json!({ "resourceType": "Observation", "id": day, "status": "final", "code": loinc("4548-4"),
        "effectiveDateTime": day, "valueQuantity": percent(value) })
}

#[test]
fn a_goal_that_a_record_calls_achieved_is_found() {
    let issues = found(&[reached("achieved")], GoalMetButActive);
    assert_eq!((issues.len(), facts(&issues[0], "achievement")), (1, vec!["achieved".to_owned()]));
    let completed = |one: &&Settlement| matches!(one, Settlement::Change { to: Some(to), .. } if to == "completed");
    assert_eq!(issues[0].settle.iter().filter(completed).count(), 1);
}

#[test]
fn a_goal_that_the_readings_meet_is_found_and_one_they_miss_is_not() {
    let issues = found(&[a1c_below_7(), a1c(6.4, "2026-11-01")], GoalMetButActive);
    assert_eq!(issues.iter().map(|issue| facts(issue, "proposed")).collect::<Vec<_>>(), [["achieved"]]);
    assert!(found(&[a1c_below_7(), a1c(7.0, "2026-11-01")], GoalMetButActive).is_empty());
    assert!(found(&[a1c_below_7(), a1c(6.4, "2025-01-01")], GoalMetButActive).is_empty(), "too old to say");
}

#[test]
fn a_value_within_its_target_before_the_goal_is_due_is_a_goal_that_is_kept() {
    assert!(found(&[a1c_below_7_by("2026-11-22"), a1c(6.4, "2026-11-01")], GoalMetButActive).is_empty());
    let mut always = a1c_below_7();
    always["target"][0]["dueDate"] = Value::Null;
    assert!(found(&[always, a1c(6.4, "2026-11-01")], GoalMetButActive).is_empty());
}

#[test]
fn another_good_reading_is_no_new_evidence() {
    let one = found(&[a1c_below_7(), a1c(6.4, "2026-10-01")], GoalMetButActive);
    let two = found(&[a1c_below_7(), a1c(6.4, "2026-10-01"), a1c(6.2, "2026-11-01")], GoalMetButActive);
    assert_eq!((&one[0].facts, &one[0].sides), (&two[0].facts, &two[0].sides));
}

#[test]
fn a_goal_that_is_kept_on_purpose_or_has_ended_stays_silent() {
    let kept = with(a1c_below_7(), json!({ "achievementStatus": { "coding": [{ "code": "sustaining" }] } }));
    assert!(found(&[kept, a1c(6.4, "2026-11-01")], GoalMetButActive).is_empty());
    let ended = with(reached("achieved"), json!({ "lifecycleStatus": "completed" }));
    assert!(found(&[ended], GoalMetButActive).is_empty());
}

proptest! {
    #[test]
    fn no_other_word_for_progress_means_reached(
        status in select(vec!["in-progress", "improving", "worsening", "no-change", "not-achieved", "no-progress", "not-attainable", "sustaining"]),
    ) {
        prop_assert!(found(&[reached(status)], GoalMetButActive).is_empty());
    }
}
