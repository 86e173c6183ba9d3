//! Goals and their targets.

use care_plan::plan::{Goal, TargetDetail};
use serde_json::{Value, json};

use crate::support::{loinc, plan_of};

fn goal(resource: Value) -> Goal {
    plan_of(&[resource]).goals.remove(0)
}

fn target(target: Value) -> TargetDetail {
    goal(json!({ "resourceType": "Goal", "id": "g", "target": [target] })).targets.remove(0).detail
}

#[test]
fn a_goal_tells_whose_it_is_and_what_was_noted_newest_first() {
    let goal = goal(json!({
        "resourceType": "Goal", "id": "g", "lifecycleStatus": "active", "description": { "text": "Dance at the wedding" },
        "achievementStatus": { "coding": [{ "code": "in-progress", "display": "In Progress" }] },
        "priority": { "coding": [{ "code": "high-priority" }], "text": "high" },
        "expressedBy": { "reference": "Patient/p", "display": "Pat" },
        "note": [{ "text": "old", "time": "2026-01-01" }, { "text": "undated" }, { "text": "new", "time": "2026-02-01T10:00:00Z" }]
    }));
    assert_eq!(goal.item.title, "Dance at the wedding");
    assert!(goal.patients_own);
    assert_eq!(goal.expressed_by.as_deref(), Some("Pat"));
    assert_eq!(
        (goal.achievement_status.as_deref(), goal.achievement_text.as_deref()),
        (Some("in-progress"), Some("In Progress"))
    );
    assert_eq!(goal.priority.as_deref(), Some("high"));
    assert_eq!(goal.notes.iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["new", "old", "undated"]);
}

#[test]
fn a_goal_without_a_description_is_called_by_its_measure_or_untitled() {
    let measured =
        json!({ "resourceType": "Goal", "id": "g", "target": [{ "measure": loinc("4548-4", "Hemoglobin A1c") }] });
    assert_eq!(goal(measured).item.title, "Hemoglobin A1c");
    assert_eq!(goal(json!({ "resourceType": "Goal", "id": "g" })).item.title, "Untitled goal");
}

#[test]
fn a_target_keeps_the_digits_and_says_which_bound_was_meant() {
    let TargetDetail::Band(below) = target(
        // Read from text, as a record is: a number literal of Rust would lose its last digit.
        serde_json::from_str(r#"{"detailQuantity":{"value":7.10,"comparator":"<","unit":"%","code":"%"}}"#)
            .expect("JSON"),
    ) else {
        panic!("no band")
    };
    assert_eq!((below.low, below.high.map(|high| high.to_string())), (None, Some("7.10".to_owned())));
    assert_eq!((below.comparator.as_deref(), below.single, below.unit.as_str()), (Some("<"), true, "%"));

    let TargetDetail::Band(range) = target(
        json!({ "detailRange": { "low": { "value": 110, "unit": "mmHg" }, "high": { "value": 130, "unit": "mmHg" } } }),
    ) else {
        panic!("no band")
    };
    assert_eq!(
        (range.low.map(|low| low.to_string()), range.high.map(|high| high.to_string())),
        (Some("110".into()), Some("130".into()))
    );
    assert!(!range.single);

    let TargetDetail::Band(exact) = target(json!({ "detailQuantity": { "value": 80, "unit": "kg" } })) else {
        panic!("no band")
    };
    assert_eq!((exact.low, exact.comparator), (exact.high, None));
}

#[test]
fn targets_in_other_forms_are_words() {
    assert_eq!(target(json!({ "detailString": "walk daily" })), TargetDetail::Text("walk daily".into()));
    assert_eq!(target(json!({ "detailBoolean": true })), TargetDetail::Text("Yes".into()));
    assert_eq!(
        target(json!({ "detailCodeableConcept": { "text": "Pain free" } })),
        TargetDetail::Text("Pain free".into())
    );
    let ratio = json!({ "detailRatio": { "numerator": { "value": 1 }, "denominator": { "value": 2 } } });
    assert_eq!(target(ratio), TargetDetail::Text("1 : 2".into()));
    assert_eq!(target(json!({ "dueDate": "2026-12" })), TargetDetail::None);
}

#[test]
fn a_duration_counts_from_the_start_of_the_goal() {
    let due = |start: &str, duration: Value| {
        let goal = goal(
            json!({ "resourceType": "Goal", "id": "g", "startDate": start, "target": [{ "dueDuration": duration }] }),
        );
        goal.targets[0].due.as_ref().map(ToString::to_string)
    };
    assert_eq!(due("2026-01-31", json!({ "value": 1, "code": "mo" })).as_deref(), Some("2026-02-28"));
    assert_eq!(due("2026-01-01", json!({ "value": 6, "unit": "weeks" })).as_deref(), Some("2026-02-12"));
    assert_eq!(due("2026", json!({ "value": 6, "unit": "weeks" })), None);
    assert_eq!(due("2026-01-01", json!({ "value": 1.5, "code": "mo" })), None);
    assert_eq!(due("2026-01-01", json!({ "value": 1e9, "code": "d" })), None);
    assert_eq!(due("9999-12-31", json!({ "value": 1, "code": "d" })), None);
}

#[test]
fn targets_stay_in_the_order_of_the_resource_because_an_edit_names_their_position() {
    let goal = goal(json!({ "resourceType": "Goal", "id": "g",
        "target": [{ "dueDate": "2027-01-01" }, "nonsense", { "dueDate": "2026-01-01" }] }));
    let due: Vec<String> =
        goal.targets.iter().filter_map(|target| target.due.as_ref().map(ToString::to_string)).collect();
    assert_eq!(due, ["2027-01-01", "2026-01-01"]);
}

#[test]
fn active_goals_come_first_then_what_is_due_first() {
    let goal = |id: &str, status: &str, due: Value| {
        json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": status,
        "description": { "text": id }, "target": [{ "dueDate": due }] })
    };
    let plan = plan_of(&[
        goal("done", "completed", json!("2026-01-01")),
        goal("undated", "active", Value::Null),
        goal("later", "active", json!("2027-06-01")),
        goal("sooner", "active", json!("2027-01-01")),
        goal("wrong", "entered-in-error", json!("2020-01-01")),
    ]);
    let titles: Vec<&str> = plan.goals.iter().map(|goal| goal.item.title.as_str()).collect();
    assert_eq!(titles, ["sooner", "later", "undated", "done", "wrong"]);
}
