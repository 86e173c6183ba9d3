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
