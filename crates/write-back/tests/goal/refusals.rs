//! Resources that must not be changed, or not so.

use serde_json::{Value, json};
use write_back::{Closed, GoalEdit, Refusal, WriteOutcome};

use crate::desk::{edit, edit_of, goal, save, to_6_8};
use crate::owner::{Fake, Manner};

async fn refusal(goal: Value, edit: GoalEdit) -> Refusal {
    let owner = Fake::holding(goal, Manner::Honest);
    let (outcome, closed) = save(&owner, edit).await;
    assert!(!owner.was_asked_to_write());
    assert_eq!(closed, Some(Closed::Refused));
    match outcome {
        WriteOutcome::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

async fn refused(change: fn(&mut Value)) -> Refusal {
    let mut goal = goal();
    change(&mut goal);
    refusal(goal, to_6_8()).await
}

#[tokio::test]
async fn a_goal_of_another_person_is_never_touched() {
    let subjects = [
        json!({ "reference": "Patient/p2" }),
        json!({ "reference": "Group/p1" }),
        json!({ "reference": "https://elsewhere.test/fhir/Patient/p1" }),
        json!({ "reference": "#p1" }),
        json!({ "display": "p1" }),
        json!(null),
    ];
    for subject in subjects {
        let mut goal = goal();
        goal["subject"] = subject.clone();
        assert_eq!(refusal(goal, to_6_8()).await, Refusal::OtherPatient, "{subject}");
    }
    let other = GoalEdit { patient: "p2".to_owned(), ..to_6_8() };
    assert_eq!(refusal(goal(), other).await, Refusal::OtherPatient);
}

#[tokio::test]
async fn an_absolute_reference_to_the_same_server_is_the_same_person() {
    let mut goal = goal();
    goal["subject"]["reference"] = "https://ehr.test/fhir/Patient/p1".into();
    assert!(matches!(save(&Fake::holding(goal, Manner::Honest), to_6_8()).await.0, WriteOutcome::Saved { .. }));
}

#[tokio::test]
async fn another_resource_than_was_asked_for_is_refused() {
    assert_eq!(refused(|goal| goal["id"] = "g2".into()).await, Refusal::OtherResource);
    assert_eq!(refused(|goal| goal["resourceType"] = "Task".into()).await, Refusal::OtherResource);
}

#[tokio::test]
async fn what_is_not_understood_is_not_changed() {
    assert_eq!(refused(|goal| goal["lifecycleStatus"] = "entered-in-error".into()).await, Refusal::EnteredInError);
    assert_eq!(refused(|goal| goal["implicitRules"] = "urn:rules".into()).await, Refusal::ImplicitRules);
    let path = |path: &str| Refusal::ModifierExtension { path: path.to_owned() };
    let top = refused(|goal| goal["modifierExtension"] = json!([{ "url": "urn:not" }])).await;
    assert_eq!(top, path("modifierExtension"));
    let deep = refused(|goal| goal["target"][1]["modifierExtension"] = json!([{ "url": "urn:not" }])).await;
    assert_eq!(deep, path("target[1].modifierExtension"));
}

#[tokio::test]
async fn a_target_that_is_not_there_or_holds_no_quantity_is_refused() {
    let mut missing = edit_of(&goal(), 9);
    missing.mine.due = Some("2027".to_owned());
    assert_eq!(refusal(goal(), missing).await, Refusal::NoTarget { index: 9 });

    let mut text = edit_of(&goal(), 2);
    text.mine.target_value = Some("1".to_owned());
    assert_eq!(refusal(goal(), text).await, Refusal::Shape { path: "target[2].detail[x]".to_owned() });

    let mut duration = edit_of(&goal(), 3);
    duration.mine.due = Some("2027".to_owned());
    assert_eq!(refusal(goal(), duration).await, Refusal::Shape { path: "target[3].dueDuration".to_owned() });
}

#[tokio::test]
async fn a_high_bound_below_the_low_one_is_refused_by_its_field() {
    let mut edit = edit_of(&goal(), 1);
    edit.mine.target_value = Some("119.9".to_owned());
    let Refusal::Fields(problems) = refusal(goal(), edit).await else { panic!("another refusal") };
    assert_eq!(problems[0].field.name(), "target_value");
}

#[tokio::test]
async fn a_status_that_other_codings_tell_too_can_not_be_emptied() {
    let mut edit = edit();
    edit.mine.achievement = None;
    assert_eq!(refusal(goal(), edit).await, Refusal::Shape { path: "achievementStatus.coding".to_owned() });
}

#[tokio::test]
async fn elements_of_a_strange_shape_are_left_alone() {
    let shape = |path: &str| Refusal::Shape { path: path.to_owned() };
    let mut odd = goal();
    odd["note"] = json!("one text");
    let mut edit = edit_of(&odd, 0);
    edit.note = Some("x".to_owned());
    assert_eq!(refusal(odd, edit).await, shape("note"));

    let mut odd = goal();
    odd["achievementStatus"] = json!("achieved");
    let mut edit = edit_of(&odd, 0);
    edit.mine.achievement = Some("achieved".to_owned());
    assert_eq!(refusal(odd, edit).await, shape("achievementStatus"));
}
