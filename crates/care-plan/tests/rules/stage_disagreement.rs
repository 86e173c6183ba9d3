//! Stage disagreement.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{clinical, condition, issues, one, record, silent, snomed, told, two};

const CODE: IssueCode = IssueCode::StageDisagreement;

fn kidney(id: &str, stage: &str) -> Value {
    let summary = json!([{ "summary": { "text": stage } }]);
    condition(id, json!({ "code": snomed("709044004", "Chronic kidney disease"), "stage": summary }))
}

#[test]
fn different_stages_of_one_condition_are_told() {
    let coded = condition("c2", json!({ "code": snomed("431857002", "Chronic kidney disease stage 4 (disorder)") }));
    let issue = one(CODE, two(kidney("c1", "Stage 3b"), coded));
    assert_eq!(told(&issue), "moderate\na/Condition/c1: Stage 3b\nb/Condition/c2: Stage 4");
}

#[test]
fn the_same_stage_in_other_words_and_a_less_precise_one_are_the_same() {
    for other in ["stage IIIb", "G3bA2", "3B", "Stage 3", "CKD stage 3b"] {
        silent(CODE, two(kidney("c1", "Stage 3b"), kidney("c2", other)));
    }
}

#[test]
fn another_scale_words_and_conditions_that_are_over_say_nothing() {
    silent(CODE, two(kidney("c1", "Stage 3b"), kidney("c2", "class 4")));
    silent(CODE, two(kidney("c1", "Stage 3b"), kidney("c2", "advanced")));
    let mut over = kidney("c2", "Stage 4");
    over["clinicalStatus"] = clinical("resolved");
    silent(CODE, two(kidney("c1", "Stage 3b"), over));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn only_those_who_differ_are_sides(stages in prop::collection::vec(1_u8..4, 1..5)) {
        let at = |(at, stage): (usize, &u8)| record(&format!("s{at}"), &[kidney(&format!("c{at}"), &format!("Stage {stage}"))]);
        let found = issues(CODE, stages.iter().enumerate().map(at).collect());
        let differ = stages.iter().any(|stage| *stage != stages[0]);
        prop_assert_eq!(found.len(), usize::from(differ));
        prop_assert!(found.iter().all(|issue| issue.sides.len() == stages.len()));
    }
}
