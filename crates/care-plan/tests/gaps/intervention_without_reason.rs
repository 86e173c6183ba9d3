//! Something planned without a goal and without a reason.

use care_plan::plan::IssueCode::InterventionWithoutReason;
use care_plan::plan::Settlement;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;

use crate::support::*;

#[test]
fn an_order_without_a_reason_is_found_and_a_medicine_goes_to_its_prescriber() {
    assert_eq!(titles(&[order("1")], InterventionWithoutReason), ["Order 1"]);
    let medicine = json!({ "resourceType": "MedicationRequest", "id": "1", "status": "active", "intent": "order",
        "medicationCodeableConcept": { "text": "Metformin" } });
    let issues = found(&[medicine], InterventionWithoutReason);
    assert!(matches!(issues[0].settle[0], Settlement::AskPrescriber { .. }), "{:?}", issues[0].settle);
    assert!(!issues[0].settle.iter().any(|one| matches!(one, Settlement::Change { .. })));
}

#[test]
fn an_activity_that_only_a_plan_describes_is_asked_too_and_each_on_its_own() {
    let detail = |text: &str| json!({ "detail": { "status": "in-progress", "code": { "text": text } } });
    let reasoned = json!({ "detail": { "status": "in-progress", "code": { "text": "Walk" }, "reasonReference": [to("Condition/lost")] } });
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active",
        "activity": [detail("Diet"), detail("Sleep"), reasoned] });
    let issues = found(&[plan], InterventionWithoutReason);
    assert_eq!(issues.len(), 2);
    assert_ne!(issues[0].id, issues[1].id, "two activities of one plan are two issues");
}

#[test]
fn what_has_a_reason_or_needs_none_stays_silent() {
    let silent = [
        json!({ "reasonCode": [{ "text": "Pain" }] }),
        json!({ "reasonReference": [to("Condition/1")] }),
        json!({ "reasonReference": [to("Condition/lost")] }),
        json!({ "basedOn": [to("ServiceRequest/2")] }),
        json!({ "status": "completed" }),
        json!({ "status": "draft" }),
        json!({ "intent": "option" }),
    ];
    for over in silent {
        let parent = with(order("2"), json!({ "reasonCode": [{ "text": "Pain" }] }));
        let resources = [with(order("1"), over.clone()), condition("1"), parent];
        assert_eq!(titles(&resources, InterventionWithoutReason), [""; 0], "{over}");
    }
    let visit =
        json!({ "resourceType": "Appointment", "id": "1", "status": "booked", "start": "2027-01-01T10:00:00Z" });
    let taken = json!({ "resourceType": "MedicationStatement", "id": "1", "status": "active",
        "medicationCodeableConcept": { "text": "Aspirin" } });
    assert!(found(&[visit, taken], InterventionWithoutReason).is_empty());
}

#[test]
fn what_stands_in_a_plan_with_goals_or_concerns_is_for_them() {
    let activity = json!([{ "detail": { "status": "in-progress", "code": { "text": "Diet" } } }, { "reference": to("ServiceRequest/1") }]);
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "activity": activity });
    assert_eq!(found(&[order("1"), plan.clone()], InterventionWithoutReason).len(), 2);
    for over in [json!({ "goal": [to("Goal/1")] }), json!({ "addresses": [to("Condition/1")] })] {
        let resources = [order("1"), goal("1"), condition("1"), with(plan.clone(), over.clone())];
        assert_eq!(titles(&resources, InterventionWithoutReason), [""; 0], "{over}");
    }
}

proptest! {
    #[test]
    fn only_what_is_going_on_is_asked_for_a_reason(
        status in select(vec!["active", "on-hold", "unknown", "draft", "revoked", "completed", "entered-in-error"]),
    ) {
        let going_on = matches!(status, "active" | "on-hold" | "unknown");
        let issues = found(&[with(order("1"), json!({ "status": status }))], InterventionWithoutReason);
        prop_assert_eq!(issues.len(), usize::from(going_on));
    }
}
