//! A measure that a goal depends on and that nobody recorded for too long.

use care_plan::plan::IssueCode::MeasureNotRecorded;
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

const A1C: &str = "4548-4";

fn aim(id: &str, code: &str) -> Value {
    with(goal(id), json!({ "startDate": "2024-01-01", "target": [{ "measure": loinc(code) }] }))
}

fn taken(code: &str, day: &str) -> Value {
    json!({ "resourceType": "Observation", "id": format!("{code}-{day}"), "status": "final", "code": loinc(code),
        "effectiveDateTime": day, "valueQuantity": { "value": 7, "unit": "%" } })
}

fn ago(days: i64) -> String {
    TODAY.checked_sub(jiff::Span::new().days(days)).expect("a day").to_string()
}

fn every(code: &str, period: u32, unit: &str) -> Value {
    let repeat = json!({ "frequency": 1, "period": period, "periodUnit": unit });
    with(order("s"), json!({ "code": loinc(code), "occurrenceTiming": { "repeat": repeat } }))
}

#[test]
fn an_a1c_of_last_year_is_too_old_for_a_goal_on_it() {
    let issues = found(&[aim("1", A1C), taken(A1C, &ago(400))], MeasureNotRecorded);
    assert_eq!(issues.len(), 1);
    assert_eq!(
        (facts(&issues[0], "last"), facts(&issues[0], "intervalBy")),
        (vec![ago(400)], vec!["usual".to_owned()])
    );
    assert_eq!(facts(&issues[0], "interval"), ["every 6 months"]);
    assert_eq!(issues[0].items.len(), 2, "the goal and the series");
}

#[test]
fn a_measure_that_was_never_recorded_is_missed_since_the_goal_stands() {
    assert_eq!(found(&[aim("1", A1C)], MeasureNotRecorded).len(), 1);
    let young = with(aim("1", A1C), json!({ "startDate": ago(60) }));
    assert!(found(std::slice::from_ref(&young), MeasureNotRecorded).is_empty());
    assert!(
        found(&[young, taken(A1C, &ago(400))], MeasureNotRecorded).is_empty(),
        "the goal is younger than the interval"
    );
    let ageless = with(aim("1", A1C), json!({ "startDate": null }));
    assert!(found(&[ageless], MeasureNotRecorded).is_empty(), "nobody knows since when");
}

#[test]
fn what_is_recorded_in_time_or_serves_no_goal_stays_silent() {
    assert!(found(&[aim("1", A1C), taken(A1C, &ago(180))], MeasureNotRecorded).is_empty());
    assert!(found(&[taken(A1C, &ago(900))], MeasureNotRecorded).is_empty(), "no goal");
    let over = with(aim("1", A1C), json!({ "lifecycleStatus": "completed" }));
    assert!(found(&[over, taken(A1C, &ago(900))], MeasureNotRecorded).is_empty());
    assert!(found(&[aim("1", "99999-9")], MeasureNotRecorded).is_empty(), "nobody says how often");
    let sibling = taken("17856-6", &ago(30));
    assert!(found(&[aim("1", A1C), sibling], MeasureNotRecorded).is_empty(), "another code of the same measure");
    let pressure = taken("8480-6", &ago(30));
    assert!(found(&[aim("1", "85354-9"), pressure], MeasureNotRecorded).is_empty(), "one pressure of the two");
}

#[test]
fn an_order_that_says_how_often_goes_before_what_is_usual() {
    let issues = found(&[aim("1", A1C), taken(A1C, &ago(150)), every(A1C, 3, "mo")], MeasureNotRecorded);
    assert_eq!(issues.iter().map(|one| facts(one, "intervalBy")).collect::<Vec<_>>(), [["schedule"]]);
    assert_eq!(facts(&issues[0], "interval"), ["every 3 months"]);
    assert!(found(&[aim("1", A1C), taken(A1C, &ago(300)), every(A1C, 1, "a")], MeasureNotRecorded).is_empty());
    let local =
        found(&[aim("1", "99999-9"), taken("99999-9", &ago(20)), every("99999-9", 1, "wk")], MeasureNotRecorded);
    assert_eq!(local.len(), 1, "a code of no table, with a schedule");
    let ended = with(every(A1C, 3, "mo"), json!({ "status": "completed" }));
    assert!(found(&[aim("1", A1C), taken(A1C, &ago(150)), ended], MeasureNotRecorded).is_empty());
}

#[test]
fn a_schedule_counts_in_every_unit_of_time_and_by_how_often_it_asks_within_one() {
    for (frequency, period, unit, interval) in [
        (1, 24, "h", "every day"),
        (1, 10, "d", "every 10 days"),
        (1, 2, "wk", "every 14 days"),
        (1, 3, "mo", "every 3 months"),
        (4, 1, "a", "every 3 months"),
        (2, 1, "mo", "every 16 days"),
    ] {
        let repeat = json!({ "frequency": frequency, "period": period, "periodUnit": unit });
        let scheduled = with(order("s"), json!({ "code": loinc(A1C), "occurrenceTiming": { "repeat": repeat } }));
        let issues = found(&[aim("1", A1C), taken(A1C, &ago(150)), scheduled], MeasureNotRecorded);
        let told: Vec<_> = issues.iter().map(|one| (facts(one, "interval"), facts(one, "intervalBy"))).collect();
        assert_eq!(told, [(vec![interval.to_owned()], vec!["schedule".to_owned()])], "{frequency} {period} {unit}");
    }
}

#[test]
fn two_goals_on_one_measure_are_one_issue_and_two_measures_of_one_goal_are_two() {
    let start =
        json!({ "startDate": "2024-01-01", "target": [{ "measure": loinc(A1C) }, { "measure": loinc("9318-7") }] });
    let two = found(&[with(goal("1"), start)], MeasureNotRecorded);
    assert_eq!(two.len(), 2);
    assert_ne!(two[0].id, two[1].id);
    let described = |id: &str, text: &str| with(aim(id, A1C), json!({ "description": { "text": text } }));
    assert_eq!(found(&[described("1", "Less sugar"), described("2", "Lower A1c")], MeasureNotRecorded).len(), 1);
}

#[test]
fn while_a_source_hides_values_nobody_knows_that_one_is_missing() {
    let resources = [aim("1", A1C), taken(A1C, &ago(400))];
    for status in [Status::Failed(Reason::TimedOut), Status::Partial(Reason::TooManyPages), Status::Pending] {
        let other = but(record("b", &[]), "Observation", status.clone());
        assert!(found_in(vec![record("a", &resources), other], MeasureNotRecorded).is_empty(), "{status:?}");
    }
    let without = but(record("b", &[]), "Observation", Status::NotSupported);
    assert_eq!(found_in(vec![record("a", &resources), without], MeasureNotRecorded).len(), 1);
}

#[test]
fn every_goal_that_waits_for_the_value_is_named_and_each_record_once() {
    let broad = with(aim("2", A1C), json!({ "target": [{ "measure": loinc(A1C) }, { "measure": loinc("29463-7") }] }));
    let issues = found(&[aim("1", A1C), broad, taken("29463-7", &ago(5))], MeasureNotRecorded);
    assert_eq!(issues.len(), 1);
    assert_eq!((issues[0].items.len(), facts(&issues[0], "status").len()), (2, 2), "two goals of different measures");
    let pressures = json!({ "target": [{ "measure": loinc("8480-6") }, { "measure": loinc("8462-4") }] });
    let issues = found(&[with(aim("1", A1C), pressures)], MeasureNotRecorded);
    assert_eq!(
        issues.iter().map(|one| facts(one, "status")).collect::<Vec<_>>(),
        [["active"]],
        "both pressures are one"
    );
}

#[test]
fn a_failed_search_that_could_not_bring_the_value_hides_nothing() {
    let resources = [aim("1", A1C), taken(A1C, &ago(400))];
    let beside = |part: Option<&str>, kind: &str| {
        let mut other = record("b", &[]);
        let failed = read(kind, Status::Failed(Reason::TimedOut));
        other.reads.push(care_plan::snapshot::Read { part: part.map(str::to_owned), ..failed });
        found_in(vec![record("a", &resources), other], MeasureNotRecorded).len()
    };
    assert_eq!((beside(None, "Procedure"), beside(Some("social-history"), "Observation")), (1, 1));
    assert_eq!((beside(Some("laboratory"), "Observation"), beside(Some("vital-signs"), "Observation")), (0, 0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn only_the_newest_value_counts(days in prop::collection::btree_set(1..700_i64, 1..6)) {
        let mut resources: Vec<Value> = days.iter().map(|days| taken(A1C, &ago(*days))).collect();
        resources.push(aim("1", A1C));
        // Half a year, and a quarter of it on top.
        let missed = days.first().is_some_and(|newest| *newest > 184 + 46);
        prop_assert_eq!(found(&resources, MeasureNotRecorded).len(), usize::from(missed));
    }
}
