//! Something planned whose time is over and that nobody reports as done.

use care_plan::plan::IssueCode::OverdueActivity;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

fn planned(day: &str) -> Value {
    with(order("1"), json!({ "occurrenceDateTime": day }))
}

#[test]
fn an_order_whose_day_has_passed_is_found() {
    let issues = found(&[planned("2026-10-01")], OverdueActivity);
    assert_eq!((issues.len(), facts(&issues[0], "due")), (1, vec!["2026-10-01".to_owned()]));
    let visit = json!({ "resourceType": "Appointment", "id": "1", "status": "booked", "start": "2026-09-01T10:00:00Z",
        "end": "2026-09-01T10:30:00Z" });
    assert_eq!(found(&[visit], OverdueActivity).len(), 1);
    let activity = json!({ "detail": { "status": "scheduled", "code": { "text": "Foot check" },
        "scheduledPeriod": { "start": "2026-01-01", "end": "2026-06-30" } } });
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "activity": [activity] });
    assert_eq!(titles(&[plan], OverdueActivity), ["Foot check"]);
}

#[test]
fn a_plan_whose_own_time_is_over_is_one_issue_and_not_one_for_each_activity() {
    let activity = json!({ "detail": { "status": "in-progress", "code": { "text": "Weigh" }, "scheduledPeriod": { "end": "2026-06-30" } } });
    let plan = |end: &str| json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "period": { "end": end }, "activity": [activity] });
    assert!(found(&[plan("2026-06-30")], OverdueActivity).is_empty());
    assert_eq!(found(&[plan("2027-06-30")], OverdueActivity).len(), 1);
}

#[test]
fn what_was_done_or_has_time_or_was_never_dated_stays_silent() {
    let done = json!({ "resourceType": "Procedure", "id": "1", "status": "completed", "code": { "text": "Foot check" },
        "basedOn": [to("ServiceRequest/1")] });
    assert!(found(&[planned("2026-10-01"), done], OverdueActivity).is_empty(), "done");
    let result = json!({ "resourceType": "Observation", "id": "1", "status": "final", "code": loinc("4548-4"),
        "basedOn": [to("ServiceRequest/1")], "valueQuantity": { "value": 7, "unit": "%" } });
    assert!(found(&[planned("2026-10-01"), result], OverdueActivity).is_empty(), "measured");
    for over in [
        json!({ "occurrenceDateTime": "2026-11-21" }),
        json!({ "occurrenceDateTime": "2026-11" }),
        json!({ "occurrenceDateTime": null, "authoredOn": "2020-01-01" }),
        json!({ "status": "completed" }),
        json!({ "status": "revoked" }),
        json!({ "status": "draft" }),
        json!({ "status": "on-hold" }),
    ] {
        assert_eq!(titles(&[with(planned("2026-10-01"), over.clone())], OverdueActivity), [""; 0], "{over}");
    }
    let supply = json!({ "resourceType": "MedicationStatement", "id": "1", "status": "active",
        "medicationCodeableConcept": { "text": "Aspirin" }, "effectivePeriod": { "end": "2020-01-01" } });
    assert!(found(&[supply], OverdueActivity).is_empty(), "a medicine");
}

#[test]
fn an_order_with_a_reason_and_a_goal_is_not_done_by_them() {
    let url = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal";
    let reasoned = json!({ "reasonReference": [to("Condition/1")],
        "extension": [{ "url": url, "valueReference": to("Goal/1") }] });
    let resources = [condition("1"), goal("1"), with(planned("2026-10-01"), reasoned)];
    assert_eq!(titles(&resources, OverdueActivity), ["Order 1"]);
}

#[test]
fn each_kind_of_activity_names_the_element_that_holds_its_day() {
    let detail =
        json!({ "status": "scheduled", "code": { "text": "Foot check" }, "scheduledPeriod": { "end": "2026-06-30" } });
    for (resource, element) in [
        (planned("2026-10-01"), "occurrence[x]"),
        (
            json!({ "resourceType": "Appointment", "id": "1", "status": "booked", "start": "2026-09-01T10:00:00Z" }),
            "Appointment.start",
        ),
        (
            json!({ "resourceType": "Task", "id": "1", "status": "requested", "intent": "order", "description": "Call",
                "executionPeriod": { "end": "2026-09-01" } }),
            "Task.executionPeriod",
        ),
        (
            json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "activity": [{ "detail": detail }] }),
            "CarePlan.activity.detail.scheduled[x]",
        ),
    ] {
        let issues = found(&[resource], OverdueActivity);
        assert_eq!(issues.iter().map(|issue| issue.element.as_str()).collect::<Vec<_>>(), [element]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_period_is_over_the_day_after_its_last_day(ahead in -400..400_i64) {
        let end = TODAY.checked_add(jiff::Span::new().days(ahead)).expect("a day").to_string();
        let order = with(order("1"), json!({ "occurrencePeriod": { "start": "2024-01-01", "end": end } }));
        prop_assert_eq!(found(&[order], OverdueActivity).len(), usize::from(ahead < 0));
    }
}
