//! A goal that nothing measures.

use care_plan::plan::IssueCode::{GoalWithoutMeasure, OverdueGoal};
use care_plan::plan::Settlement;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::*;

#[test]
fn a_goal_of_words_alone_is_found() {
    let issues = found(&[goal("1")], GoalWithoutMeasure);
    assert_eq!(issues.len(), 1);
    assert!(issues[0].settle.iter().any(|one| matches!(one, Settlement::Change { element: "Goal.target", .. })));
    let only_due = with(goal("1"), json!({ "target": [{ "dueDate": "2027-01-01" }] }));
    assert_eq!(found(&[only_due], GoalWithoutMeasure).len(), 1);
}

#[test]
fn a_goal_that_says_how_it_is_judged_stays_silent() {
    let silent = [
        json!({ "target": [{ "measure": { "text": "HbA1c" } }] }),
        json!({ "target": [{ "detailString": "walks two blocks" }] }),
        json!({ "target": [{ "detailQuantity": { "value": 7, "unit": "%" } }] }),
        json!({ "outcomeReference": [to("Observation/lost")] }),
        json!({ "lifecycleStatus": "on-hold" }),
        json!({ "lifecycleStatus": "rejected" }),
        json!({ "achievementStatus": { "coding": [{ "code": "achieved" }] } }),
    ];
    for over in silent {
        assert_eq!(titles(&[with(goal("1"), over.clone())], GoalWithoutMeasure), [""; 0], "{over}");
    }
}

#[test]
fn a_concern_and_an_activity_measure_nothing() {
    let aim = with(goal("1"), json!({ "addresses": [to("Condition/1")] }));
    let url = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal";
    let activity = with(order("1"), json!({ "extension": [{ "url": url, "valueReference": to("Goal/1") }] }));
    assert_eq!(titles(&[condition("1"), aim, activity], GoalWithoutMeasure), ["Goal 1"]);
}

#[test]
fn what_matters_to_the_patient_needs_no_measure_and_was_asked_for_one() {
    let wish = |more: Value| with(with(goal("1"), json!({ "expressedBy": to("Patient/p") })), more);
    for own in [
        json!({}),
        json!({ "expressedBy": { "type": "RelatedPerson", "display": "Her son" } }),
        json!({ "target": [{ "dueDate": "2027-06-01" }] }),
    ] {
        assert_eq!(titles(&[wish(own.clone())], GoalWithoutMeasure), [""; 0], "{own}");
    }
    // Words about life on a goal of somebody else are no wish of the patient's.
    for asked in [
        json!({ "expressedBy": to("Practitioner/1") }),
        json!({ "expressedBy": null, "description": { "text": "I want to dance at the wedding" } }),
    ] {
        assert_eq!(found(&[wish(asked.clone())], GoalWithoutMeasure).len(), 1, "{asked}");
    }
    let late = [wish(json!({ "target": [{ "dueDate": "2026-06-01" }] }))];
    assert_eq!(found(&late, OverdueGoal).len(), 1, "its day is not forgotten");
}

#[test]
fn a_wish_stays_one_in_a_record_that_does_not_say_whose_it_is() {
    let same = json!({ "identifier": [{ "system": "urn:hie", "value": "7" }] });
    let copy = with(goal("1"), same.clone());
    let wish = with(copy.clone(), json!({ "expressedBy": to("Patient/p") }));
    assert!(
        found_in(vec![record("a", &[wish]), record("b", std::slice::from_ref(&copy))], GoalWithoutMeasure).is_empty()
    );
    assert_eq!(
        found_in(vec![record("a", std::slice::from_ref(&copy)), record("b", &[copy])], GoalWithoutMeasure).len(),
        1
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_target_that_can_be_judged_is_enough(judged in prop::collection::vec(any::<bool>(), 0..6)) {
        let target = |judged: &bool| if *judged { json!({ "detailString": "less" }) } else { json!({ "dueDate": "2027" }) };
        let targets: Vec<_> = judged.iter().map(target).collect();
        let issues = found(&[with(goal("1"), json!({ "target": targets }))], GoalWithoutMeasure);
        prop_assert_eq!(issues.is_empty(), judged.contains(&true));
    }

    #[test]
    fn no_goal_is_asked_for_a_measure_that_the_patient_expressed_in_any_record(own in prop::collection::vec(any::<bool>(), 1..4)) {
        let who = |own: &bool| to(if *own { "Patient/p" } else { "Practitioner/1" });
        let same = json!({ "identifier": [{ "system": "urn:hie", "value": "7" }] });
        let held = own.iter().map(|own| with(with(goal("1"), same.clone()), json!({ "expressedBy": who(own) })));
        let records = held.enumerate().map(|(at, goal)| record(&format!("s{at}"), &[goal])).collect();
        prop_assert_eq!(found_in(records, GoalWithoutMeasure).is_empty(), own.contains(&true));
    }
}
