//! A goal whose day has passed and that is still pursued.

use care_plan::plan::IssueCode::OverdueGoal;
use care_plan::plan::Severity;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn due(day: &str) -> Value {
    with(goal("1"), json!({ "target": [{ "detailString": "less", "dueDate": day }] }))
}

#[test]
fn a_goal_past_its_day_is_found_with_the_day() {
    let issues = found(&[due("2026-11-20")], OverdueGoal);
    assert_eq!((issues.len(), issues[0].severity), (1, Severity::Moderate));
    assert_eq!(
        (facts(&issues[0], "due"), facts(&issues[0], "status")),
        (vec!["2026-11-20".to_owned()], vec!["active".to_owned()])
    );
}

#[test]
fn a_goal_that_has_time_or_is_done_stays_silent() {
    for day in ["2026-11-21", "2026-11", "2026", "2027-01-01"] {
        assert!(found(&[due(day)], OverdueGoal).is_empty(), "{day}");
    }
    for over in [
        json!({ "lifecycleStatus": "completed" }),
        json!({ "lifecycleStatus": "on-hold" }),
        json!({ "lifecycleStatus": "proposed" }),
        json!({ "achievementStatus": { "coding": [{ "code": "achieved" }] } }),
    ] {
        assert_eq!(titles(&[with(due("2025-01-01"), over.clone())], OverdueGoal), [""; 0], "{over}");
    }
}

#[test]
fn where_one_record_still_has_time_the_goal_is_not_overdue() {
    let same = json!({ "identifier": [{ "system": "urn:hie", "value": "7" }] });
    let (past, future) = (with(due("2026-01-01"), same.clone()), with(due("2027-01-01"), same));
    let one =
        found_in(vec![record("a", std::slice::from_ref(&past)), record("b", std::slice::from_ref(&past))], OverdueGoal);
    assert_eq!(one.iter().map(|issue| issue.sides.len()).collect::<Vec<_>>(), [2], "one issue with both records");
    assert!(found_in(vec![record("a", &[past]), record("b", &[future])], OverdueGoal).is_empty());
}

#[test]
fn a_goal_that_the_readings_meet_is_not_overdue() {
    let target = json!([{ "measure": loinc("4548-4"), "detailQuantity": { "value": 7, "comparator": "<", "unit": "%",
        "system": "http://unitsofmeasure.org", "code": "%" }, "dueDate": "2026-10-01" }]);
    let reading = |value: f64| {
        json!({ "resourceType": "Observation", "id": "o", "status": "final", "code": loinc("4548-4"),
        "effectiveDateTime": "2026-11-01", "valueQuantity": { "value": value, "unit": "%",
        "system": "http://unitsofmeasure.org", "code": "%" } })
    };
    let goal = with(goal("1"), json!({ "target": target }));
    assert!(found(&[goal.clone(), reading(6.5)], OverdueGoal).is_empty());
    assert_eq!(found(&[goal, reading(8.5)], OverdueGoal).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_day_is_overdue_exactly_when_it_lies_before_today(ahead in -400..400_i64) {
        let day = TODAY.checked_add(jiff::Span::new().days(ahead)).expect("a day");
        prop_assert_eq!(found(&[due(&day.to_string())], OverdueGoal).len(), usize::from(ahead < 0));
    }
}
