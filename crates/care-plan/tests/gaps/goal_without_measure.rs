//! A goal that nothing measures.

use care_plan::plan::IssueCode::GoalWithoutMeasure;
use care_plan::plan::Settlement;
use proptest::prelude::*;
use serde_json::json;

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
fn what_matters_to_the_patient_needs_no_measure_and_was_asked_for_one() {
    let wish = |more: serde_json::Value| with(with(goal("1"), json!({ "expressedBy": to("Patient/p") })), more);
    assert_eq!(titles(&[wish(json!({}))], GoalWithoutMeasure), [""; 0]);
    let of_a_carer = wish(json!({ "expressedBy": { "type": "RelatedPerson", "display": "Her son" } }));
    assert_eq!(titles(&[of_a_carer], GoalWithoutMeasure), [""; 0]);
    // Whoever sets a day means to look then; and words about life on a clinician's goal are no wish.
    for asked in [
        json!({ "target": [{ "dueDate": "2027-01-01" }] }),
        json!({ "expressedBy": to("Practitioner/1") }),
        json!({ "expressedBy": null, "description": { "text": "I want to dance at the wedding" } }),
    ] {
        assert_eq!(found(&[wish(asked.clone())], GoalWithoutMeasure).len(), 1, "{asked}");
    }
}

#[test]
fn a_wish_that_another_record_gave_a_target_without_a_measure_is_asked_for_one() {
    let same = json!({ "identifier": [{ "system": "urn:hie", "value": "7" }] });
    let wish = with(with(goal("1"), same.clone()), json!({ "expressedBy": to("Patient/p") }));
    let planned = with(with(goal("1"), same), json!({ "target": [{ "dueDate": "2027-01-01" }] }));
    let copy = with(planned.clone(), json!({ "target": [] }));
    assert_eq!(
        found_in(vec![record("a", std::slice::from_ref(&wish)), record("b", &[planned])], GoalWithoutMeasure).len(),
        1
    );
    assert!(found_in(vec![record("a", &[wish]), record("b", &[copy])], GoalWithoutMeasure).is_empty());
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
}
