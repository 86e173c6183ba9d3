//! Same ingredient twice.

use care_plan::plan::IssueCode;
use proptest::prelude::*;
use serde_json::json;

use crate::support::{fact, issues, one, order, record, silent, told, two, with};

const CODE: IssueCode = IssueCode::DuplicateIngredient;

#[test]
fn two_strengths_of_one_ingredient_are_told() {
    let issue = one(
        CODE,
        two(
            order("m1", "lisinopril 10 MG Oral Tablet", json!({})),
            order("m2", "lisinopril 20 MG Oral Tablet", json!({})),
        ),
    );
    assert_eq!(
        told(&issue),
        "moderate\na/MedicationRequest/m1: lisinopril 10 MG Oral Tablet\nb/MedicationRequest/m2: lisinopril 20 MG Oral Tablet"
    );
    assert_eq!(fact(&issue, "ingredient").as_deref(), Some("lisinopril"));
}

#[test]
fn an_ingredient_within_a_combination_is_found() {
    let both = order("m1", "Acetaminophen 300 MG / Hydrocodone Bitartrate 5 MG Oral Tablet", json!({}));
    let issue = one(CODE, two(both, order("m2", "Acetaminophen 325 MG Oral Tablet", json!({}))));
    assert_eq!(fact(&issue, "ingredient").as_deref(), Some("acetaminophen"));
}

#[test]
fn two_combinations_of_the_same_ingredients_are_one_issue() {
    let of = |id, one, other| {
        order(id, &format!("lisinopril {one} MG / hydrochlorothiazide {other} MG Oral Tablet"), json!({}))
    };
    let issue = one(CODE, two(of("m1", 10, 12.5), of("m2", 20, 25.0)));
    assert_eq!(fact(&issue, "ingredient").as_deref(), Some("hydrochlorothiazide, lisinopril"));
}

#[test]
fn a_statement_without_a_strength_may_mean_the_order_and_one_with_another_does_not() {
    let stated = |name: &str| {
        json!({ "resourceType": "MedicationStatement", "id": "m2", "status": "active",
        "medicationCodeableConcept": crate::support::rxnorm("1", name) })
    };
    let ordered = || order("m1", "lisinopril 10 MG Oral Tablet", json!({}));
    silent(CODE, two(ordered(), stated("lisinopril")));
    silent(CODE, two(ordered(), stated("lisinopril 10 MG")));
    one(CODE, two(ordered(), stated("lisinopril 20 MG Oral Tablet")));
}

#[test]
fn drops_beside_tablets_and_what_is_over_or_renewed_are_no_double() {
    let tablet = || order("m1", "timolol 10 MG Oral Tablet", json!({}));
    silent(CODE, two(tablet(), order("m2", "timolol 5 MG/ML Ophthalmic Solution", json!({}))));
    silent(CODE, two(tablet(), order("m2", "timolol 20 MG Oral Tablet", json!({ "status": "stopped" }))));
    let renewed = order(
        "m2",
        "timolol 20 MG Oral Tablet",
        json!({ "priorPrescription": { "reference": "MedicationRequest/m1" } }),
    );
    silent(CODE, vec![record("a", &[tablet(), renewed])]);
    silent(CODE, two(tablet(), order("m2", "atenolol 25 MG Oral Tablet", json!({}))));
    silent(CODE, two(tablet(), order("m2", "timolol 10 MG Oral Tablet", json!({}))));
}

#[test]
fn two_strengths_from_one_hand_are_less_grave() {
    let by = |id, strength: &str| {
        let own = order(id, &format!("warfarin {strength} MG Oral Tablet"), json!({}));
        with(own, json!({ "requester": { "reference": "Practitioner/d", "display": "Dr D" } }))
    };
    assert!(told(&one(CODE, vec![record("a", &[by("m1", "5"), by("m2", "2")])])).starts_with("low"));
    assert!(told(&one(CODE, two(by("m1", "5"), by("m2", "2")))).starts_with("moderate"));
}

#[test]
fn courses_one_after_the_other_are_no_double_whoever_ordered_them() {
    let during = |start: &str, end: &str| json!({ "dosageInstruction": [{ "timing": { "repeat": { "boundsPeriod": { "start": start, "end": end } } } }] });
    let first = || order("m1", "oxycodone 10 MG Oral Tablet", during("2026-01-01", "2026-01-31"));
    let second = |start| order("m2", "oxycodone 60 MG Oral Tablet", during(start, "2026-03-31"));
    silent(CODE, two(first(), second("2026-02-01")));
    one(CODE, two(first(), second("2026-01-31")));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn an_issue_is_there_where_strengths_differ_and_only_there(strengths in prop::collection::vec(1_u8..4, 1..5)) {
        let at = |(at, strength): (usize, &u8)| {
            let name = format!("lisinopril {strength}0 MG Oral Tablet");
            record(&format!("s{at}"), &[order(&format!("m{at}"), &name, json!({}))])
        };
        let records: Vec<_> = strengths.iter().enumerate().map(at).collect();
        let found = issues(CODE, records.clone());
        prop_assert_eq!(found.len(), usize::from(strengths.iter().any(|one| *one != strengths[0])));
        prop_assert_eq!(issues(CODE, records.into_iter().rev().collect()), found);
    }
}
