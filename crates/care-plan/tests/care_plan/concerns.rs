//! Health concerns.

use care_plan::plan::{ConcernKind, Evidence};
use serde_json::{Value, json};

use crate::support::{plan, plan_of, record};

fn condition(id: &str) -> Value {
    json!({ "resourceType": "Condition", "id": id, "code": { "text": "Hypertension" },
        "clinicalStatus": { "coding": [{ "code": "active" }] },
        "category": [{ "coding": [{ "code": "problem-list-item" }] }] })
}

#[test]
fn the_same_id_at_two_sources_stays_two_concerns() {
    let concerns = plan(vec![record("a", &[condition("1")]), record("b", &[condition("1")])]).concerns;
    assert_eq!(concerns.len(), 2);
    assert_ne!(concerns[0].item.id, concerns[1].item.id);
    assert!(concerns.iter().all(|concern| concern.item.because.is_empty()));
}

#[test]
fn exactly_the_same_identifier_makes_one_concern_of_two_sources() {
    let mut one = condition("1");
    one["identifier"] = json!([{ "system": "urn:hie", "value": "77" }]);
    let mut other = condition("x");
    other["identifier"] = json!([{ "system": "urn:local", "value": "9" }, { "system": "urn:hie", "value": "77" }]);
    other["note"] = json!([{ "text": "Seen at home" }]);
    let concerns = plan(vec![record("a", &[one]), record("b", &[other])]).concerns;
    assert_eq!(concerns.len(), 1);
    let item = &concerns[0].item;
    assert_eq!(item.because, [Evidence::SameIdentifier { system: "urn:hie".into(), value: "77".into() }]);
    assert_eq!(
        item.members.iter().map(|member| member.key.to_string()).collect::<Vec<_>>(),
        ["a/Condition/1", "b/Condition/x"]
    );
    assert_eq!(concerns[0].notes.len(), 1, "notes of every member are kept");
}

#[test]
fn an_identifier_that_does_not_identify_joins_nothing() {
    let identifiers = [
        json!([{ "value": "77" }]),
        json!([{ "system": "", "value": "77" }]),
        json!([{ "system": "urn:hie", "value": "77", "use": "temp" }]),
        json!([{ "system": "urn:hie", "value": "77", "use": "secondary" }]),
        json!([{ "system": "urn:hie", "value": "77", "type": { "coding": [{ "code": "ACSN" }] } }]),
    ];
    for identifier in identifiers {
        let (mut one, mut other) = (condition("1"), condition("2"));
        one["identifier"] = identifier.clone();
        other["identifier"] = identifier.clone();
        assert_eq!(plan(vec![record("a", &[one]), record("b", &[other])]).concerns.len(), 2, "{identifier}");
    }
}

#[test]
fn a_chain_of_identifiers_never_joins_what_shares_none() {
    let with = |id: &str, values: &[&str]| {
        let mut condition = condition(id);
        condition["identifier"] = values.iter().map(|value| json!({ "system": "urn:hie", "value": value })).collect();
        condition
    };
    let records = vec![
        record("a", &[with("1", &["x"])]),
        record("b", &[with("2", &["x", "y"])]),
        record("c", &[with("3", &["y"])]),
    ];
    assert_eq!(plan(records).concerns.len(), 2);
}

#[test]
fn what_the_patient_says_is_told_apart_from_what_stands_on_the_problem_list() {
    let mut own = condition("1");
    own["asserter"] = json!({ "reference": "Patient/p" });
    let mut carer = condition("2");
    carer["recorder"] = json!({ "reference": "RelatedPerson/r" });
    let mut of_clinician = condition("3");
    of_clinician["asserter"] = json!({ "reference": "Practitioner/d" });
    let mut health = condition("4");
    health["category"] =
        json!([{ "coding": [{ "system": fhir::codes::US_CORE_CONDITION_CATEGORY, "code": "health-concern" }] }]);
    let concerns = plan_of(&[own, carer, of_clinician, health]).concerns;
    let kind = |id: &str| concerns.iter().find(|concern| concern.item.members[0].key.id == id).expect("a concern").kind;
    assert_eq!([kind("1"), kind("2")], [ConcernKind::PatientVoiced; 2]);
    assert_eq!([kind("3"), kind("4")], [ConcernKind::Problem, ConcernKind::HealthConcern]);
}

#[test]
fn what_was_refuted_or_entered_in_error_is_kept_with_its_status_and_comes_last() {
    let with = |id: &str, status: &str| {
        let mut condition = condition(id);
        condition["verificationStatus"] = json!({ "coding": [{ "code": status }] });
        condition
    };
    let concerns = plan_of(&[with("1", "entered-in-error"), with("2", "refuted"), condition("3")]).concerns;
    let statuses: Vec<_> = concerns.iter().map(|concern| concern.verification_status.as_deref()).collect();
    assert_eq!(statuses, [None, Some("refuted"), Some("entered-in-error")]);
}

#[test]
fn a_finding_that_a_goal_addresses_is_a_concern_and_a_laboratory_result_is_not() {
    let plan = plan_of(&[
        json!({ "resourceType": "Observation", "id": "barrier", "status": "final", "code": { "text": "Barrier" }, "valueString": "No car" }),
        json!({ "resourceType": "Observation", "id": "a1c", "status": "final", "code": { "text": "A1c" },
            "valueQuantity": { "value": 8.1, "unit": "%" } }),
        json!({ "resourceType": "Goal", "id": "g", "description": { "text": "Walk" },
            "addresses": [{ "reference": "Observation/barrier" }, { "reference": "Observation/a1c" }] }),
    ]);
    let titles: Vec<&str> = plan.concerns.iter().map(|concern| concern.item.title.as_str()).collect();
    assert_eq!(titles, ["Barrier: No car"]);
    assert_eq!(plan.outcomes.len(), 2, "both stay readings");
}

#[test]
fn the_answer_to_a_question_is_the_concern() {
    let plan = plan_of(&[
        json!({ "resourceType": "Observation", "id": "o", "code": { "text": "What hinders you?" }, "valueString": "Back pain" }),
        json!({ "resourceType": "Goal", "id": "g", "addresses": [{ "reference": "Observation/o" }] }),
    ]);
    assert_eq!(plan.concerns[0].item.title, "Back pain");
}

#[test]
fn a_concern_without_words_still_has_a_title() {
    assert_eq!(
        plan_of(&[json!({ "resourceType": "Condition", "id": "1" })]).concerns[0].item.title,
        "Untitled concern"
    );
}

#[test]
fn what_came_of_a_plan_is_no_concern_though_the_plan_names_it_as_supporting_information() {
    let said = |id: &str| json!({ "resourceType": "Observation", "id": id, "code": { "text": id }, "valueString": "Improved" });
    let goal = json!({ "resourceType": "Goal", "id": "g", "outcomeReference": [{ "reference": "Observation/pain" }] });
    let care = json!({ "resourceType": "CarePlan", "id": "p", "supportingInfo": [
        { "reference": "Observation/pain" }, { "reference": "Observation/diet" }, { "reference": "Observation/symptom" }],
        "activity": [{ "outcomeReference": [{ "reference": "Observation/diet" }] }] });
    let plan = plan_of(&[said("pain"), said("diet"), said("symptom"), goal, care]);
    assert_eq!(plan.concerns.len(), 1);
    assert_eq!(plan.concerns[0].item.members[0].key.id, "symptom");
}
