//! A goal that nobody works on.

use care_plan::plan::IssueCode::GoalWithoutActivity;
use care_plan::snapshot::{Reason, Status};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::support::*;

fn for_goal(base: Value) -> Value {
    let url = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal";
    with(base, json!({ "extension": [{ "url": url, "valueReference": to("Goal/1") }] }))
}

#[test]
fn a_goal_without_any_activity_is_found() {
    assert_eq!(titles(&[goal("1"), order("1")], GoalWithoutActivity), ["Goal 1"]);
}

#[test]
fn a_goal_that_somebody_works_on_stays_silent() {
    let done = json!({ "resourceType": "Procedure", "id": "1", "status": "completed", "code": { "text": "Training" } });
    for activity in [for_goal(order("1")), for_goal(done)] {
        assert_eq!(titles(&[goal("1"), activity.clone()], GoalWithoutActivity), [""; 0], "{activity}");
    }
    let shared = json!([to("Condition/1")]);
    let resources = [
        condition("1"),
        with(goal("1"), json!({ "addresses": shared })),
        with(order("1"), json!({ "reasonReference": shared })),
    ];
    assert!(found(&resources, GoalWithoutActivity).is_empty(), "an activity for the same concern");
    for over in [
        json!({ "lifecycleStatus": "proposed" }),
        json!({ "achievementStatus": { "coding": [{ "code": "sustaining" }] } }),
    ] {
        assert_eq!(titles(&[with(goal("1"), over.clone())], GoalWithoutActivity), [""; 0], "{over}");
    }
}

#[test]
fn a_report_that_was_amended_later_was_made_all_the_same() {
    let report = |status: &str| json!({ "resourceType": "DiagnosticReport", "id": "1", "status": status, "code": { "text": "CT" } });
    for status in ["final", "amended", "corrected", "appended"] {
        assert_eq!(titles(&[goal("1"), for_goal(report(status))], GoalWithoutActivity), [""; 0], "{status}");
    }
    assert_eq!(titles(&[goal("1"), for_goal(report("entered-in-error"))], GoalWithoutActivity), ["Goal 1"]);
}

#[test]
fn the_activities_of_a_plan_work_on_the_goals_of_the_whole_plan() {
    let activity = json!({ "detail": { "status": "in-progress", "code": { "text": "Diet" } } });
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "goal": [to("Goal/1")], "activity": [activity] });
    assert!(found(&[goal("1"), plan.clone()], GoalWithoutActivity).is_empty());
    let over = with(plan.clone(), json!({ "status": "revoked" }));
    assert_eq!(titles(&[goal("1"), over], GoalWithoutActivity), ["Goal 1"]);
    let idle = with(plan, json!({ "activity": [] }));
    assert_eq!(titles(&[goal("1"), idle], GoalWithoutActivity), ["Goal 1"]);
}

#[test]
fn an_activity_of_the_plan_that_addresses_the_concern_is_for_the_goal_of_that_concern() {
    let activity = json!({ "detail": { "status": "in-progress", "code": { "text": "Diet" } } });
    let plan = json!({ "resourceType": "CarePlan", "id": "1", "status": "active", "addresses": [to("Condition/1")],
        "activity": [activity] });
    let aim = with(goal("1"), json!({ "addresses": [to("Condition/1")] }));
    assert!(found(&[condition("1"), aim, plan], GoalWithoutActivity).is_empty());
}

#[test]
fn a_source_whose_orders_failed_says_nothing_of_what_is_done() {
    let failed = but(record("a", &[goal("1")]), "ServiceRequest", Status::Failed(Reason::TimedOut));
    assert!(found_in(vec![failed], GoalWithoutActivity).is_empty());
}

proptest! {
    #[test]
    fn what_was_called_off_or_never_happened_is_no_activity(
        status in select(vec!["active", "completed", "on-hold", "draft", "revoked", "entered-in-error", "unknown"]),
    ) {
        let activity = for_goal(with(order("1"), json!({ "status": status })));
        let never = matches!(status, "revoked" | "entered-in-error");
        prop_assert_eq!(found(&[goal("1"), activity], GoalWithoutActivity).len(), usize::from(never));
    }
}
