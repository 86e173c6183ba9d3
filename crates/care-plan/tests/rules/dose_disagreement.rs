//! Dose disagreement.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{dosage, issues, one, order, record, rxnorm, silent, told, two};

const CODE: IssueCode = IssueCode::DoseDisagreement;
const METFORMIN: &str = "metformin hydrochloride 500 MG Oral Tablet";

fn dosed(id: &str, text: &str) -> Value {
    order(id, METFORMIN, json!({ "dosageInstruction": dosage(text) }))
}

#[test]
fn the_same_medication_at_different_doses_is_told() {
    let issue = one(CODE, two(dosed("m1", "1 tablet daily"), dosed("m2", "Take 1 tablet twice a day")));
    assert_eq!(
        told(&issue),
        "moderate\na/MedicationRequest/m1: 1 tablet daily\nb/MedicationRequest/m2: Take 1 tablet twice a day"
    );
}

#[test]
fn an_order_and_what_the_person_says_to_take_are_compared() {
    let says = json!({ "resourceType": "MedicationStatement", "id": "m2", "status": "active",
        "medicationCodeableConcept": rxnorm("1", METFORMIN), "dosage": dosage("half a tablet daily") });
    let said = json!({ "resourceType": "MedicationStatement", "id": "m2", "status": "active",
        "medicationCodeableConcept": rxnorm("1", METFORMIN), "dosage": dosage("2 tablets daily") });
    let issue = one(CODE, vec![record("a", &[dosed("m1", "1 tablet daily"), said])]);
    assert!(told(&issue).starts_with("moderate"));
    one(CODE, vec![record("a", &[dosed("m1", "1 tablet twice daily"), says])]);
}

#[test]
fn words_that_nobody_can_compute_are_told_more_quietly() {
    assert!(told(&one(CODE, two(dosed("m1", "before meals"), dosed("m2", "as the nurse said")))).starts_with("low"));
}

#[test]
fn the_same_dose_in_other_words_or_said_only_once_is_no_difference() {
    silent(CODE, two(dosed("m1", "1 tablet daily"), dosed("m2", "Take one tablet by mouth every day")));
    silent(CODE, two(dosed("m1", "1 tablet daily"), order("m2", METFORMIN, json!({}))));
}

#[test]
fn two_orders_of_one_record_share_a_dose_and_one_on_hold_is_not_taken() {
    silent(CODE, vec![record("a", &[dosed("m1", "1 tablet in the morning"), dosed("m2", "2 tablets at night")])]);
    let held = order("m2", METFORMIN, json!({ "status": "on-hold", "dosageInstruction": dosage("2 tablets daily") }));
    silent(CODE, two(dosed("m1", "1 tablet daily"), held));
    let other = order("m2", "metformin 1000 MG Oral Tablet", json!({ "dosageInstruction": dosage("2 tablets daily") }));
    silent(CODE, two(dosed("m1", "1 tablet daily"), other));
}

#[test]
fn words_beside_a_frequency_or_beside_the_same_amount_are_no_difference_for_nobody_can_tell() {
    silent(CODE, two(dosed("m1", "1 tablet daily"), dosed("m2", "as the nurse said")));
    silent(CODE, two(dosed("m1", "1 tablet before meals"), dosed("m2", "1 tablet as the nurse said")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn an_issue_is_there_where_the_counts_differ(counts in prop::collection::vec(1_u8..4, 1..5)) {
        let at = |(at, count): (usize, &u8)| {
            record(&format!("s{at}"), &[dosed(&format!("m{at}"), &format!("{count} tablets daily"))])
        };
        let records: Vec<_> = counts.iter().enumerate().map(at).collect();
        let found = issues(CODE, records.clone());
        prop_assert_eq!(found.len(), usize::from(counts.iter().any(|one| *one != counts[0])));
        prop_assert_eq!(issues(CODE, records.into_iter().rev().collect()), found);
    }
}
