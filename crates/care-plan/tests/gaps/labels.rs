//! What an issue tells is as confidential as the most confidential of what its words come from.

use care_plan::plan::{Confidentiality, IssueCode};
use care_plan::snapshot::{Record, Snapshot};
use care_plan::{Decisions, consolidate, label};
use serde_json::{Value, json};

use crate::support::*;

/// The label of the one issue of a rule.
fn label_of(code: IssueCode, records: Vec<Record>) -> Confidentiality {
    let snapshot = Snapshot { records };
    let plan = consolidate(&snapshot, &Decisions::default(), TODAY);
    let found: Vec<_> = plan.issues.iter().filter(|issue| issue.code == code).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    label(&snapshot, &plan, found[0])
}

fn labelled(resource: Value, code: &str) -> Value {
    with(resource, json!({ "meta": { "security": [{ "code": code }] } }))
}

fn allergy() -> Value {
    let code = json!({ "coding": [{ "system": RXNORM, "code": "723", "display": "amoxicillin" }] });
    json!({ "resourceType": "AllergyIntolerance", "id": "x", "code": code })
}

fn amoxicillin() -> Value {
    json!({ "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order",
        "medicationCodeableConcept": { "text": "amoxicillin 500 MG Oral Capsule",
            "coding": [{ "system": RXNORM, "code": "308182", "display": "amoxicillin 500 MG Oral Capsule" }] } })
}

const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";

/// It is a member of none of the four columns, and counted as normal.
#[test]
fn a_labelled_allergy_was_taken_for_normal() {
    let of = |allergy| {
        label_of(IssueCode::MedicationAgainstAllergy, vec![record("a", &[allergy]), record("b", &[amoxicillin()])])
    };
    assert_eq!(of(allergy()), Confidentiality::Normal);
    assert_eq!(of(labelled(allergy(), "R")), Confidentiality::Restricted);
    assert_eq!(of(labelled(allergy(), "xyz")), Confidentiality::Unknown);
}

fn team(member: Value) -> Value {
    let role = json!([{ "coding": [{ "system": "http://snomed.info/sct", "code": "133932002" }] }]);
    let participant = json!([{ "role": role, "member": member }]);
    json!({ "resourceType": "CareTeam", "id": "t", "status": "active", "participant": participant })
}

#[test]
fn a_labelled_care_team_was_taken_for_normal() {
    let of = |team| label_of(IssueCode::CareTeamGap, vec![record("a", &[goal("1"), team])]);
    let cara = || team(json!({ "display": "Cara" }));
    assert_eq!(of(cara()), Confidentiality::Normal);
    assert_eq!(of(labelled(cara(), "PSY")), Confidentiality::Restricted);
}

#[test]
fn a_labelled_plan_was_taken_for_normal() {
    let plan = json!({ "resourceType": "CarePlan", "id": "c", "status": "active", "intent": "plan", "title": "Plan",
        "period": { "end": "2026-01-31" } });
    let of = |plan| label_of(IssueCode::ReviewDue, vec![record("a", &[plan])]);
    assert_eq!(of(plan.clone()), Confidentiality::Normal);
    assert_eq!(of(labelled(plan, "V")), Confidentiality::VeryRestricted);
}

/// The name of who is in a team, or of what a goal is for, stands in the words of a resource that has no label.
#[test]
fn the_words_of_a_labelled_resource_were_told_by_one_that_refers_to_it() {
    let carer = json!({ "resourceType": "RelatedPerson", "id": "r", "name": [{ "text": "Cara" }] });
    let of = |carer| {
        let team = team(json!({ "reference": "RelatedPerson/r" }));
        label_of(IssueCode::CareTeamGap, vec![record("a", &[goal("1"), team, carer])])
    };
    assert_eq!(of(carer.clone()), Confidentiality::Normal);
    assert_eq!(of(labelled(carer, "R")), Confidentiality::Restricted);
}

/// A label on the whole person would keep everything from being settled.
#[test]
fn the_label_of_a_patient_is_not_that_of_all_that_is_about_them() {
    let patient = labelled(json!({ "resourceType": "Patient", "id": "p" }), "R");
    let team = with(team(json!({ "display": "Cara" })), json!({ "subject": to("Patient/p") }));
    let of = label_of(IssueCode::CareTeamGap, vec![record("a", &[goal("1"), team, patient])]);
    assert_eq!(of, Confidentiality::Normal);
}

#[test]
fn what_cannot_be_found_is_not_normal() {
    let snapshot = Snapshot { records: vec![record("a", &[goal("1"), team(json!({ "display": "Cara" }))])] };
    let plan = consolidate(&snapshot, &Decisions::default(), TODAY);
    let gap = plan.issues.iter().find(|issue| issue.code == IssueCode::CareTeamGap).expect("it");
    assert_eq!(label(&Snapshot::default(), &plan, gap), Confidentiality::Unknown);
}
