//! Clinical status disagreement.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::json;

use crate::support::{clinical, coded, condition, issues, one, record, silent, told, two, verified};

const CODE: IssueCode = IssueCode::ClinicalStatusDisagreement;

#[test]
fn active_here_and_resolved_there_is_told() {
    let over = condition("c2", json!({ "clinicalStatus": clinical("resolved"), "recordedDate": "2025-02-01" }));
    let issue = one(CODE, two(condition("c1", json!({ "onsetDateTime": "2014" })), over));
    assert_eq!(told(&issue), "moderate\na/Condition/c1: active\nb/Condition/c2: resolved");
}

#[test]
fn refuted_here_and_confirmed_there_is_told() {
    let refuted = condition("c2", json!({ "verificationStatus": verified("refuted") }));
    let issue = one(CODE, two(condition("c1", json!({})), refuted));
    assert_eq!(told(&issue), "moderate\na/Condition/c1: confirmed\nb/Condition/c2: refuted");
    assert_eq!(issue.element, "Condition.verificationStatus");
}

#[test]
fn a_record_that_says_nothing_or_the_same_in_other_words_does_not_disagree() {
    silent(CODE, two(condition("c1", json!({})), condition("c2", json!({ "clinicalStatus": null }))));
    silent(
        CODE,
        two(condition("c1", json!({})), condition("c2", json!({ "verificationStatus": verified("provisional") }))),
    );
    silent(CODE, two(condition("c1", json!({})), condition("c2", json!({ "clinicalStatus": clinical("recurrence") }))));
    let over = |id, code| {
        condition(id, json!({ "clinicalStatus": clinical(code), "onsetDateTime": "2014", "abatementDateTime": "2020" }))
    };
    silent(CODE, two(over("c1", "inactive"), over("c2", "resolved")));
}

#[test]
fn an_episode_before_this_one_and_the_diagnosis_of_a_visit_are_history() {
    let before = condition(
        "c2",
        json!({ "clinicalStatus": clinical("resolved"), "onsetDateTime": "2010", "abatementDateTime": "2012" }),
    );
    silent(CODE, two(condition("c1", json!({ "onsetDateTime": "2020-05" })), before));
    let visit = coded("http://terminology.hl7.org/CodeSystem/condition-category", "encounter-diagnosis", "Diagnosis");
    let of_visit = condition(
        "c2",
        json!({ "clinicalStatus": clinical("resolved"), "category": [visit], "recordedDate": "2025-02-01" }),
    );
    silent(CODE, two(condition("c1", json!({ "onsetDateTime": "2014" })), of_visit));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn one_issue_at_most_and_only_where_they_differ(present in prop::collection::vec(any::<bool>(), 1..5)) {
        let at = |(at, present): (usize, &bool)| {
            let status = if *present { "active" } else { "resolved" };
            let fields = json!({ "clinicalStatus": clinical(status), "onsetDateTime": "2014", "recordedDate": "2025" });
            record(&format!("s{at}"), &[condition(&format!("c{at}"), fields)])
        };
        let records: Vec<_> = present.iter().enumerate().map(at).collect();
        let found = issues(CODE, records.clone());
        prop_assert_eq!(found.len(), usize::from(present.iter().any(|one| *one != present[0])));
        prop_assert_eq!(issues(CODE, records.into_iter().rev().collect()), found);
    }
}
