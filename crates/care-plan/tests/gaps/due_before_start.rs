//! A goal that was to be reached before it begins.

use care_plan::plan::IssueCode::{DueBeforeStart, OverdueGoal};
use care_plan::plan::{Settlement, Severity};
use care_plan::trend::{Achievement, propose};
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn goal_of(start: &str, due: &str) -> Value {
    with(goal("1"), json!({ "startDate": start, "target": [{ "detailString": "less", "dueDate": due }] }))
}

#[test]
fn a_goal_that_was_to_be_reached_before_it_begins_is_an_error_and_was_called_overdue() {
    let wrong = [goal_of("2026-06-01", "2025-12-01")];
    let issues = found(&wrong, DueBeforeStart);
    assert_eq!((issues.len(), issues[0].severity), (1, Severity::Low));
    assert_eq!(
        (facts(&issues[0], "start"), facts(&issues[0], "due")),
        (vec!["2026-06-01".to_owned()], vec!["2025-12-01".to_owned()])
    );
    let changes = |element: &str| {
        issues[0].settle.iter().any(|one| matches!(one, Settlement::Change { element: of, .. } if *of == element))
    };
    assert!(changes("Goal.target.due[x]") && changes("Goal.startDate"), "nobody knows which of them is wrong");
    assert!(found(&wrong, OverdueGoal).is_empty());
}

#[test]
fn dates_that_may_fit_each_other_stay_silent() {
    for (start, due) in [
        ("2026-06-01", "2026-06-01"),
        ("2026-06-01", "2026-06"),
        ("2026-06-01", "2026"),
        ("2026", "2026-01-01"),
        ("2026-06-01", "2027-01-01"),
    ] {
        assert!(found(&[goal_of(start, due)], DueBeforeStart).is_empty(), "{start} {due}");
    }
    for over in [json!({ "lifecycleStatus": "completed" }), json!({ "lifecycleStatus": "proposed" })] {
        let goal = with(goal_of("2026-06-01", "2025-12-01"), over.clone());
        assert_eq!(titles(&[goal], DueBeforeStart), [""; 0], "{over}");
    }
}

#[test]
fn each_record_is_held_against_its_own_start() {
    let same = json!({ "identifier": [{ "system": "urn:hie", "value": "7" }] });
    let (early, late) = (goal_of("2024-01-01", "2025-12-01"), goal_of("2026-06-01", "2026-12-01"));
    let records = vec![record("a", &[with(early, same.clone())]), record("b", &[with(late, same)])];
    assert!(found_in(records, DueBeforeStart).is_empty());
}

#[test]
fn a_date_that_can_be_meant_is_overdue_beside_one_that_cannot() {
    let targets = json!([{ "detailString": "less", "dueDate": "2024-01-01" }, { "detailString": "none", "dueDate": "2026-10-01" }]);
    let both = [with(goal("1"), json!({ "startDate": "2026-06-01", "target": targets }))];
    assert_eq!(found(&both, DueBeforeStart).len(), 1);
    assert_eq!(facts(&found(&both, OverdueGoal)[0], "due"), ["2026-10-01"]);
}

#[test]
fn readings_do_not_call_a_goal_missed_by_a_date_before_its_start() {
    let percent =
        |value: f64| json!({ "value": value, "unit": "%", "system": "http://unitsofmeasure.org", "code": "%" });
    let reading = json!({ "resourceType": "Observation", "id": "o", "status": "final", "code": loinc("4548-4"),
        "effectiveDateTime": "2026-11-01", "valueQuantity": percent(8.5) });
    let proposed = |due: &str| {
        let detail = with(percent(7.0), json!({ "comparator": "<" }));
        let target = json!([{ "measure": loinc("4548-4"), "detailQuantity": detail, "dueDate": due }]);
        let goal = with(goal("1"), json!({ "startDate": "2026-06-01", "target": target }));
        let plan = plan(vec![record("a", &[goal, reading.clone()])]);
        propose(&plan.goals[0], &plan.outcomes, TODAY).expect("a proposal").achievement
    };
    assert_eq!(proposed("2026-10-01"), Some(Achievement::NotAchieved));
    assert_eq!(proposed("2025-10-01"), Some(Achievement::InProgress));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_goal_is_both_overdue_and_due_before_it_starts(start in -400..400_i64, due in -400..400_i64) {
        let day = |ahead: i64| date(2026, 1, 1).checked_add(jiff::Span::new().days(ahead)).expect("a day").to_string();
        let resources = [goal_of(&day(start), &day(due))];
        let wrong = found(&resources, DueBeforeStart).len();
        prop_assert_eq!(wrong, usize::from(due < start));
        prop_assert!(wrong == 0 || found(&resources, OverdueGoal).is_empty());
    }
}
