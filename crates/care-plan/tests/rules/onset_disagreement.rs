//! Onset disagreement.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{coded, condition, issues, one, record, silent, snomed, told, two, verified};

const CODE: IssueCode = IssueCode::OnsetDisagreement;

fn begun(id: &str, onset: &str) -> Value {
    condition(id, json!({ "onsetDateTime": onset }))
}

#[test]
fn onsets_that_cannot_be_the_same_day_are_told() {
    let issue = one(CODE, two(begun("c1", "2010-03-05"), begun("c2", "2020-03-05")));
    assert_eq!(told(&issue), "low\na/Condition/c1: 2010-03-05\nb/Condition/c2: 2020-03-05");
}

#[test]
fn a_less_precise_onset_and_an_instant_of_the_day_are_the_same() {
    for other in ["2014", "2014-03", "2014-03-05T22:00:00-08:00", "2014-03-05T08:00:00Z"] {
        silent(CODE, two(begun("c1", "2014-03-05"), begun("c2", other)));
    }
}

#[test]
fn refuted_entries_visits_and_other_stages_have_onsets_of_their_own() {
    let refuted = condition("c2", json!({ "onsetDateTime": "2020", "verificationStatus": verified("refuted") }));
    silent(CODE, two(begun("c1", "2010"), refuted));
    let visit = coded("http://terminology.hl7.org/CodeSystem/condition-category", "encounter-diagnosis", "Diagnosis");
    silent(CODE, two(begun("c1", "2010"), condition("c2", json!({ "onsetDateTime": "2020", "category": [visit] }))));
    let staged = |id, code, title, onset| condition(id, json!({ "code": snomed(code, title), "onsetDateTime": onset }));
    let stage_3 = staged("c1", "433144002", "Chronic kidney disease stage 3", "2015");
    silent(CODE, two(stage_3, staged("c2", "431857002", "Chronic kidney disease stage 4", "2022")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]
    #[test]
    fn a_date_cut_short_never_differs_from_itself(month in 1_u8..13, day in 1_u8..29, cut in 0_usize..3) {
        let whole = format!("2014-{month:02}-{day:02}");
        let short = &whole[..[4, 7, 10][cut]];
        let records = vec![record("a", &[begun("c1", &whole)]), record("b", &[begun("c2", short)])];
        prop_assert!(issues(CODE, records).is_empty());
    }
}
