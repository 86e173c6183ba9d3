//! Contradictory due dates.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{goal, issues, one, record, sides_say, silent, told, two};

const CODE: IssueCode = IssueCode::ContradictoryDueDates;

fn due(id: &str, date: &str) -> Value {
    let mut goal = goal(id, 7.0);
    goal["target"][0]["dueDate"] = Value::from(date);
    goal
}

#[test]
fn the_same_goal_due_on_different_days_is_told() {
    let issue = one(CODE, two(due("g1", "2026-12-31"), due("g2", "2027-06-30")));
    assert_eq!(told(&issue), "low\na/Goal/g1: 2026-12-31\nb/Goal/g2: 2027-06-30");
}

#[test]
fn a_month_and_a_day_in_it_are_the_same_and_no_date_is_no_other_date() {
    silent(CODE, two(due("g1", "2026-12"), due("g2", "2026-12-31")));
    silent(CODE, two(goal("g1", 7.0), due("g2", "2026-12-31")));
}

#[test]
fn goals_that_are_over_and_goals_on_other_measures_have_dates_of_their_own() {
    let mut over = due("g1", "2026-01-31");
    over["lifecycleStatus"] = Value::from("completed");
    silent(CODE, two(over, due("g2", "2026-12-31")));
    let mut other = due("g1", "2026-01-31");
    other["target"][0]["measure"] = crate::support::loinc("29463-7");
    silent(CODE, two(other, due("g2", "2026-12-31")));
}

#[test]
fn a_date_that_is_among_the_steps_of_the_other_record_is_no_other() {
    let mut steps = due("g1", "2026-12-31");
    let last = json!({ "measure": crate::support::loinc("4548-4"), "dueDate": "2027-06-30" });
    steps["target"].as_array_mut().expect("targets").push(last);
    silent(CODE, two(steps, due("g2", "2027-06-30")));
}

#[test]
fn goals_that_differ_on_target_and_day_were_two_issues_and_are_one_that_names_both() {
    let mut other = due("g2", "2027-06-30");
    other["target"][0]["detailQuantity"]["value"] = Value::from(8.0);
    let records = two(due("g1", "2026-12-31"), other);
    silent(CODE, records.clone());
    let issue = one(IssueCode::ContradictoryTargets, records);
    assert_eq!(told(&issue), "moderate\na/Goal/g1: < 7.0 %; 2026-12-31\nb/Goal/g2: < 8.0 %; 2027-06-30");
}

#[test]
fn a_day_that_both_targets_share_is_told_and_does_not_differ() {
    let mut other = due("g2", "2026-12");
    other["target"][0]["detailQuantity"]["value"] = Value::from(8.0);
    let issue = one(IssueCode::ContradictoryTargets, two(due("g1", "2026-12-31"), other));
    assert_eq!(told(&issue), "moderate\na/Goal/g1: < 7.0 %\nb/Goal/g2: < 8.0 %");
}

#[test]
fn a_record_whose_target_contradicts_nobody_keeps_its_issue_on_the_day() {
    // Without a value it asks for nothing that could differ, and its day is another one all the same.
    let mut other = due("g2", "2026-12-31");
    other["target"][0]["detailQuantity"]["value"] = Value::from(8.0);
    let bare = json!({ "resourceType": "Goal", "id": "g3", "lifecycleStatus": "active", "description": { "text": "g3" },
        "target": [{ "measure": crate::support::loinc("4548-4"), "dueDate": "2027-06-30" }] });
    let records = vec![record("a", &[due("g1", "2026-12-31")]), record("b", &[other]), record("c", &[bare])];
    assert_eq!(one(IssueCode::ContradictoryTargets, records.clone()).sides.len(), 2);
    assert_eq!(one(CODE, records).sides.len(), 3);
}

#[test]
fn targets_on_one_measure_do_not_hide_the_days_of_another() {
    let weight = |goal: &mut Value, day: &str| {
        let target = json!({ "measure": crate::support::loinc("29463-7"), "dueDate": day });
        goal["target"].as_array_mut().expect("targets").push(target);
    };
    let (mut one_goal, mut other) = (due("g1", "2026-12-31"), due("g2", "2026-12-31"));
    other["target"][0]["detailQuantity"]["value"] = Value::from(8.0);
    weight(&mut one_goal, "2027-01-31");
    weight(&mut other, "2027-03-31");
    assert_eq!(one(CODE, two(one_goal, other)).sides.len(), 2);
}

#[test]
fn only_goals_in_force_have_a_due_date_that_counts() {
    for status in ["proposed", "on-hold"] {
        let mut aside = due("g1", "2026-01-31");
        aside["lifecycleStatus"] = Value::from(status);
        silent(CODE, two(aside, due("g2", "2026-12-31")));
    }
}

#[test]
fn only_the_records_that_differ_are_sides_and_a_duration_counts_from_the_start() {
    let mut counted = goal("g3", 7.0);
    counted["startDate"] = Value::from("2026-12-01");
    counted["target"][0]["dueDuration"] = json!({ "value": 30, "unit": "d", "code": "d" });
    let records =
        vec![record("a", &[due("g1", "2026-12-31")]), record("b", &[goal("g2", 7.0)]), record("c", &[counted])];
    silent(CODE, records.clone());
    let mut more = records;
    more.push(record("d", &[due("g4", "2027-06")]));
    assert_eq!(told(&one(CODE, more)), "low\na/Goal/g1: 2026-12-31\nc/Goal/g3: 2026-12-31\nd/Goal/g4: 2027-06");
}

#[test]
fn a_side_names_its_target_where_it_has_one_and_leaves_no_empty_line_where_it_has_none() {
    let bare = json!({ "resourceType": "Goal", "id": "g2", "lifecycleStatus": "active", "description": { "text": "g2" },
        "target": [{ "measure": crate::support::loinc("4548-4"), "dueDate": "2027-06-30" }] });
    let issue = one(CODE, two(due("g1", "2026-12-31"), bare));
    assert_eq!(sides_say(&issue, "target"), [Some("< 7.0 %".to_owned()), None]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn an_issue_is_there_where_any_two_days_differ(days in prop::collection::vec(1_u8..4, 1..5)) {
        let at = |(at, day): (usize, &u8)| {
            record(&format!("s{at}"), &[due(&format!("g{at}"), &format!("2027-01-0{day}"))])
        };
        let records: Vec<_> = days.iter().enumerate().map(at).collect();
        let found = issues(CODE, records.clone());
        prop_assert_eq!(found.len(), usize::from(days.iter().any(|day| *day != days[0])));
        prop_assert_eq!(issues(CODE, records.into_iter().rev().collect()), found);
    }

    #[test]
    fn days_that_differ_are_told_once_beside_their_targets_or_alone(
        goals in prop::collection::vec((prop::sample::select(vec![7.0, 8.0]), 1_u8..4), 1..5),
    ) {
        let at = |(at, (below, day)): (usize, &(f64, u8))| {
            let mut goal = due(&format!("g{at}"), &format!("2027-01-0{day}"));
            goal["target"][0]["detailQuantity"]["value"] = Value::from(*below);
            record(&format!("s{at}"), &[goal])
        };
        let records: Vec<_> = goals.iter().enumerate().map(at).collect();
        let (beside, alone) = (issues(IssueCode::ContradictoryTargets, records.clone()), issues(CODE, records));
        let says = |name: &str| beside.iter().flat_map(|issue| &issue.sides).flat_map(|side| &side.says).any(|fact| fact.name == name && fact.differs);
        let differ = goals.iter().any(|(_, day)| *day != goals[0].1);
        prop_assert_eq!(usize::from(says("due")) + alone.len(), usize::from(differ));
        prop_assert_eq!(says("target"), goals.iter().any(|(below, _)| *below != goals[0].0));
    }
}
