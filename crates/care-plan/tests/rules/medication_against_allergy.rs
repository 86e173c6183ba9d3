//! Medication against allergy.

use care_plan::plan::{IssueCode, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{allergy, coded, fact, issues, one, order, record, rxnorm, silent, snomed, told, two, with};

const CODE: IssueCode = IssueCode::MedicationAgainstAllergy;
const AMOXICILLIN: &str = "amoxicillin 500 MG Oral Capsule";

fn verification(code: &str) -> Value {
    coded("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification", code, code)
}

fn clinical(code: &str) -> Value {
    coded("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", code, code)
}

fn against(allergen: Value, medication: &str) -> Vec<care_plan::snapshot::Record> {
    two(allergy("x", allergen, json!({})), order("m", medication, json!({})))
}

#[test]
fn an_ingredient_that_an_allergy_of_another_record_names_is_grave() {
    let issue = one(CODE, against(rxnorm("723", "amoxicillin"), AMOXICILLIN));
    assert_eq!(
        told(&issue),
        "high\na/AllergyIntolerance/x: amoxicillin\nb/MedicationRequest/m: amoxicillin 500 MG Oral Capsule"
    );
    assert_eq!(issue.items.len(), 2, "the medication and the allergy");
    let bare = json!({ "coding": [{ "system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "723" }] });
    one(CODE, against(bare, AMOXICILLIN));
}

#[test]
fn an_allergy_to_a_class_is_against_its_members() {
    for (allergen, medication) in [
        (snomed("373270004", "Penicillin"), AMOXICILLIN),
        (rxnorm("70618", "penicillin"), AMOXICILLIN),
        (snomed("91936005", "Allergy to penicillin"), "penicillin V potassium 250 MG Oral Tablet"),
        (snomed("387406002", "Sulfonamide"), "sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet"),
        (snomed("372665008", "NSAID"), "Naproxen sodium 220 MG Oral Tablet"),
        (snomed("372733002", "ACE inhibitor"), "Lisinopril 40 MG Oral Tablet"),
        (snomed("372912004", "Statin"), "Simvastatin 10 MG Oral Tablet"),
    ] {
        let issue = one(CODE, against(allergen, medication));
        assert_eq!(issue.severity, Severity::High, "{medication}");
        assert!(fact(&issue, "guidance").is_some(), "a class has a source: {medication}");
    }
}

#[test]
fn another_member_of_the_class_is_told_with_less_weight_where_the_class_is_known_for_it() {
    assert_eq!(
        one(CODE, against(rxnorm("29046", "lisinopril"), "ramipril 5 MG Oral Capsule")).severity,
        Severity::Moderate
    );
    silent(CODE, against(rxnorm("36567", "simvastatin"), "rosuvastatin 5 MG Oral Tablet"));
}

#[test]
fn what_has_no_proven_cross_reaction_stays_silent() {
    silent(CODE, against(snomed("387406002", "Sulfonamide"), "furosemide 20 MG Oral Tablet"));
    silent(CODE, against(snomed("373270004", "Penicillin"), "cephalexin 500 MG Oral Capsule"));
    silent(CODE, against(snomed("372733002", "ACE inhibitor"), "losartan potassium 50 MG Oral Tablet"));
    silent(CODE, against(snomed("372665008", "NSAID"), "acetaminophen 325 MG Oral Tablet"));
    silent(CODE, against(json!({ "text": "Amoxicillin" }), AMOXICILLIN));
    silent(CODE, against(snomed("102263004", "Eggs"), AMOXICILLIN));
}

#[test]
fn a_refuted_or_resolved_allergy_and_a_stopped_medication_stay_silent() {
    for fields in [
        json!({ "verificationStatus": verification("refuted") }),
        json!({ "verificationStatus": verification("entered-in-error") }),
        json!({ "clinicalStatus": clinical("resolved") }),
        json!({ "clinicalStatus": clinical("inactive") }),
    ] {
        silent(CODE, two(allergy("x", rxnorm("723", "amoxicillin"), fields), order("m", AMOXICILLIN, json!({}))));
    }
    let stopped = order("m", AMOXICILLIN, json!({ "status": "stopped" }));
    silent(CODE, two(allergy("x", rxnorm("723", "amoxicillin"), json!({})), stopped));
}

#[test]
fn what_the_records_say_of_the_allergy_decides_its_weight() {
    let weight = |allergen: Value, fields: Value, medication| {
        one(CODE, two(allergy("x", allergen, fields), order("m", medication, json!({})))).severity
    };
    let penicillin = || rxnorm("723", "amoxicillin");
    let lisinopril = || rxnorm("29046", "lisinopril");
    assert_eq!(weight(penicillin(), json!({ "criticality": "low" }), AMOXICILLIN), Severity::Moderate);
    assert_eq!(
        weight(penicillin(), json!({ "verificationStatus": verification("unconfirmed") }), AMOXICILLIN),
        Severity::Moderate
    );
    assert_eq!(weight(lisinopril(), json!({ "criticality": "high" }), "ramipril 5 MG Oral Capsule"), Severity::High);
    let cough = json!({ "reaction": [{ "manifestation": [{ "text": "Cough" }] }] });
    assert_eq!(weight(lisinopril(), cough, "lisinopril 10 MG Oral Tablet"), Severity::Moderate);
}

#[test]
fn a_record_that_refutes_the_allergy_stands_beside_the_one_that_has_it() {
    let refuted = allergy("y", rxnorm("723", "amoxicillin"), json!({ "verificationStatus": verification("refuted") }));
    let records = vec![
        record("a", &[allergy("x", rxnorm("723", "amoxicillin"), json!({ "criticality": "high" }))]),
        record("b", &[refuted]),
        record("c", &[order("m", AMOXICILLIN, json!({}))]),
    ];
    let issue = one(CODE, records);
    assert_eq!((issue.severity, issue.sides.len()), (Severity::Moderate, 3));
}

#[test]
fn several_allergies_and_several_orders_of_one_ingredient_are_one_issue() {
    let records = vec![
        record(
            "a",
            &[
                allergy("x", rxnorm("723", "amoxicillin"), json!({})),
                allergy("y", snomed("373270004", "Penicillin"), json!({})),
            ],
        ),
        record("b", &[order("m", AMOXICILLIN, json!({})), order("n", "amoxicillin 250 MG Oral Capsule", json!({}))]),
    ];
    assert_eq!(one(CODE, records).sides.len(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]
    #[test]
    fn a_record_that_has_the_same_allergy_adds_no_issue(count in 1_usize..4, high in any::<bool>()) {
        let fields = if high { json!({ "criticality": "high" }) } else { json!({}) };
        let at = |at: usize| record(&format!("s{at}"), &[allergy(&format!("x{at}"), rxnorm("723", "amoxicillin"), fields.clone())]);
        let mut records: Vec<_> = (0..count).map(at).collect();
        records.push(record("z", &[with(order("m", AMOXICILLIN, json!({})), json!({ "authoredOn": "2026" }))]));
        let found = issues(CODE, records.clone());
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].sides.len(), count + 1);
        prop_assert_eq!(issues(CODE, records.into_iter().rev().collect()), found);
    }
}
