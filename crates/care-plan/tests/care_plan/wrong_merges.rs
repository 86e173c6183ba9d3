//! Things that were one item once and must never be again.

use serde_json::{Value, json};

use crate::support::{loinc, plan, plan_of, record};

fn pressure_goal(id: &str, code: &str, display: &str, below: u32) -> Value {
    json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "startDate": "2026-01-01",
        "description": { "text": display },
        "target": [{ "measure": loinc(code, display), "detailQuantity": { "value": below, "comparator": "<", "unit": "mmHg" } }] })
}

#[test]
fn a_goal_for_systolic_and_a_goal_for_diastolic_pressure_are_two() {
    let systolic = pressure_goal("s", "8480-6", "Systolic blood pressure", 140);
    let diastolic = pressure_goal("d", "8462-4", "Diastolic blood pressure", 80);
    assert_eq!(plan_of(&[systolic, diastolic]).goals.len(), 2);
}

#[test]
fn goals_for_both_pressures_are_one_however_they_are_coded() {
    let of_both = |id: &str, more: Value| {
        let mut goal = pressure_goal(id, "8480-6", "Systolic blood pressure", 130);
        let lower = pressure_goal(id, "8462-4", "Diastolic blood pressure", 80)["target"][0].clone();
        goal["target"].as_array_mut().expect("targets").push(if more.is_null() { lower } else { more });
        goal
    };
    let panel = json!({ "measure": loinc("85354-9", "Blood pressure panel"), "detailString": "below 130/80" });
    assert_eq!(plan_of(&[of_both("a", Value::Null), of_both("b", panel)]).goals.len(), 1);
}

#[test]
fn two_assessments_under_the_code_for_any_assessment_are_two() {
    let screening = |id: &str, text: &str| {
        json!({ "resourceType": "ServiceRequest", "id": id, "status": "active", "intent": "plan", "code": { "coding": [{
            "system": "http://snomed.info/sct", "code": "445536008", "display": "Assessment using assessment scale" }],
            "text": text } })
    };
    let plan = plan_of(&[screening("1", "Treatment challenges screening"), screening("2", "CKD goals screening")]);
    assert_eq!(plan.interventions.len(), 2);
}

#[test]
fn two_clinicians_under_one_national_number_are_two_people() {
    let clinician = |id: &str, family: &str| {
        json!({ "resourceType": "Practitioner", "id": id, "name": [{ "family": family }],
            "identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893" }] })
    };
    let team = |id: &str, who: &str| {
        json!({ "resourceType": "CareTeam", "id": id, "status": "active",
            "participant": [{ "member": { "reference": format!("Practitioner/{who}") } }] })
    };
    let people = [clinician("1", "Levin"), clinician("2", "Primary"), clinician("3", "LEVIN")];
    let teams = [team("a", "1"), team("b", "2"), team("c", "3")];
    let plan = plan_of(&[people, teams].concat());
    let who: Vec<_> = plan.team.iter().map(|member| &member.who).collect();
    assert_eq!((who[0] == who[2], who[0] == who[1]), (true, false));
}

#[test]
fn a_spell_that_begins_on_the_day_on_which_another_ends_is_a_spell_of_its_own() {
    let job = |id: &str, begin: &str, end: Option<&str>| {
        json!({ "resourceType": "Condition", "id": id, "onsetDateTime": begin, "abatementDateTime": end,
            "clinicalStatus": { "coding": [{ "code": if end.is_some() { "resolved" } else { "active" } }] },
            "code": { "coding": [{ "system": "http://snomed.info/sct", "code": "160903007", "display": "Full-time employment" }] } })
    };
    let plan = plan_of(&[job("1", "2020-11-28", Some("2021-12-04")), job("2", "2021-12-04", None)]);
    assert_eq!((plan.concerns.len(), plan.issues.iter().filter(|issue| issue.sides.len() > 1).count()), (2, 0));
}

#[test]
fn metoprolol_that_works_at_once_and_all_day_was_one_medication() {
    let order = |id: &str, code: &str, display: &str| {
        json!({ "resourceType": "MedicationRequest", "id": id, "status": "active", "intent": "order",
            "medicationCodeableConcept": { "coding": [{ "system": fhir::codes::RXNORM, "code": code, "display": display }] } })
    };
    let at_once = order("1", "866924", "metoprolol tartrate 50 MG Oral Tablet");
    let all_day = order("2", "866436", "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet");
    let brand = order("3", "866438", "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet [Toprol]");
    let plan = plan(vec![record("a", &[at_once, all_day]), record("b", &[brand])]);
    let mut together: Vec<usize> = plan.interventions.iter().map(|one| one.item.members.len()).collect();
    together.sort_unstable();
    assert_eq!(together, [1, 2]);
}
