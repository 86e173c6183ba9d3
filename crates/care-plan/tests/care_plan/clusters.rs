//! What is one item, what is not, and who may say otherwise.

use std::collections::BTreeSet;

use care_plan::decisions::{Decisions, Grouping, MemberName};
use care_plan::plan::{Confidentiality, Evidence, Phase};
use care_plan::snapshot::Snapshot;
use care_plan::{ConsolidatedPlan, consolidate};
use fhir::codes::{ICD10CM, RXNORM, SNOMED};
use serde_json::{Value, json};

use crate::support::{TODAY, items, plan, plan_of, record};

fn condition(id: &str, system: &str, code: &str, more: Value) -> Value {
    let mut condition = json!({ "resourceType": "Condition", "id": id,
        "code": { "coding": [{ "system": system, "code": code }], "text": format!("{code} at {id}") } });
    merge(&mut condition, more);
    condition
}

fn merge(resource: &mut Value, more: Value) {
    if let (Value::Object(resource), Value::Object(more)) = (resource, more) {
        resource.extend(more);
    }
}

fn status(code: &str) -> Value {
    json!({ "coding": [{ "code": code }] })
}

fn order(id: &str, system: &str, code: &str, display: &str, status: &str) -> Value {
    json!({ "resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order",
        "medicationCodeableConcept": { "coding": [{ "system": system, "code": code, "display": display }] } })
}

/// The members of the items of a plan, by their ids, where there are several.
fn together(plan: &ConsolidatedPlan) -> Vec<Vec<String>> {
    let ids = |item: &&care_plan::plan::Item| item.members.iter().map(|member| member.key.id.clone()).collect();
    let mut joined: Vec<Vec<String>> = items(plan).iter().map(ids).filter(|ids: &Vec<String>| ids.len() > 1).collect();
    joined.sort();
    joined
}

#[test]
fn the_same_code_at_two_sources_is_one_concern_and_each_says_its_own() {
    let here =
        condition("1", SNOMED, "38341003", json!({ "clinicalStatus": status("active"), "onsetDateTime": "2014" }));
    let there =
        condition("2", SNOMED, "38341003", json!({ "clinicalStatus": status("resolved"), "onsetDateTime": "2014-05" }));
    let plan = plan(vec![record("a", &[here]), record("b", &[there])]);
    let concern = &plan.concerns[0];
    assert_eq!(plan.concerns.len(), 1);
    let said: Vec<_> = concern.statements.iter().map(|one| one.clinical_status.as_deref()).collect();
    assert_eq!(said, [Some("active"), Some("resolved")]);
    assert_eq!(
        (concern.clinical_status.as_deref(), concern.is_current()),
        (None, true),
        "a disagreement hides nothing"
    );
    assert!(matches!(&concern.item.because[..], [Evidence::SameCode { code, .. }, ..] if code == "38341003"));
}

#[test]
fn which_server_holds_a_resource_never_decides_what_is_one() {
    let all = [
        condition("1", SNOMED, "38341003", json!({ "clinicalStatus": status("active") })),
        condition("2", SNOMED, "38341003", json!({ "clinicalStatus": status("active") })),
        order("3", RXNORM, "314076", "lisinopril 10 MG Oral Tablet", "active"),
        order("4", RXNORM, "314076", "lisinopril 10 MG Oral Tablet", "active"),
    ];
    let one = together(&plan_of(&all));
    let four =
        plan(all.iter().enumerate().map(|(at, one)| record(&format!("s{at}"), std::slice::from_ref(one))).collect());
    assert_eq!((one.len(), one), (2, together(&four)));
}

#[test]
fn two_episodes_of_one_illness_are_two_concerns() {
    let episode = |id: &str, from: &str, to: &str| {
        let when = json!({ "clinicalStatus": status("resolved"), "onsetDateTime": from, "abatementDateTime": to });
        condition(id, SNOMED, "444814009", when)
    };
    let plan = plan_of(&[episode("1", "2010-01-05", "2010-01-20"), episode("2", "2015-03-01", "2015-03-12")]);
    assert_eq!(plan.concerns.len(), 2);
}

#[test]
fn what_was_over_long_ago_is_not_what_began_this_year() {
    let old = json!({ "clinicalStatus": status("resolved"), "onsetDateTime": "2010-01-05" });
    let new = json!({ "clinicalStatus": status("active"), "onsetDateTime": "2026-02-01" });
    let plan = plan_of(&[condition("1", SNOMED, "444814009", old), condition("2", SNOMED, "444814009", new)]);
    assert_eq!(plan.concerns.len(), 2);
}

#[test]
fn stages_of_one_disease_are_one_concern_whose_title_names_both() {
    let stage = |id: &str, system: &str, code: &str, text: &str| {
        json!({ "resourceType": "Condition", "id": id, "clinicalStatus": status("active"),
            "code": { "coding": [{ "system": system, "code": code }], "text": text } })
    };
    let plan = plan(vec![
        record("a", &[stage("1", SNOMED, "700379002", "Chronic kidney disease stage 3B")]),
        record("b", &[stage("2", ICD10CM, "N18.4", "CKD stage 4")]),
    ]);
    assert_eq!(plan.concerns.len(), 1);
    assert_eq!(plan.concerns[0].item.title, "Chronic kidney disease, stage 3B or 4");
    let concept = Evidence::SameConcept { concept: "Chronic kidney disease".into() };
    assert_eq!(plan.concerns[0].item.because, [concept]);
}

#[test]
fn words_alone_are_proposed_and_never_joined() {
    let said = |id: &str| json!({ "resourceType": "Condition", "id": id, "clinicalStatus": status("active"), "code": { "text": "Gout" } });
    let plan = plan(vec![record("a", &[said("1")]), record("b", &[said("2")])]);
    assert_eq!((plan.concerns.len(), plan.proposals.len()), (2, 1));
    assert_eq!(plan.proposals[0].words, "Gout");
}

#[test]
fn a_code_that_says_nothing_joins_nothing() {
    let unknown = "http://terminology.hl7.org/CodeSystem/data-absent-reason";
    for (system, code) in [(SNOMED, "64572001"), (unknown, "unknown")] {
        let one = |id: &str| condition(id, system, code, json!({ "clinicalStatus": status("active") }));
        assert_eq!(plan_of(&[one("1"), one("2")]).concerns.len(), 2, "{code}");
    }
}

#[test]
fn a_concern_that_was_entered_in_error_joins_no_other() {
    let error = json!({ "verificationStatus": status("entered-in-error") });
    let fine = json!({ "clinicalStatus": status("active") });
    let plan = plan_of(&[condition("1", SNOMED, "38341003", error), condition("2", SNOMED, "38341003", fine)]);
    assert_eq!(plan.concerns.len(), 2);
}

#[test]
fn a_medication_is_one_by_ingredient_and_strength_and_another_strength_is_another() {
    let here = order("1", RXNORM, "314076", "lisinopril 10 MG Oral Tablet", "active");
    let there = order("2", RXNORM, "104377", "lisinopril 10 MG Oral Tablet [Zestril]", "active");
    let more = order("3", RXNORM, "314077", "lisinopril 20 MG Oral Tablet", "active");
    let past = order("4", RXNORM, "314076", "lisinopril 10 MG Oral Tablet", "stopped");
    let plan = plan(vec![record("a", &[here, more]), record("b", &[there, past])]);
    assert_eq!(together(&plan), [["1", "2"]]);
    let words = order("5", "urn:local", "x", "lisinopril 10 MG Oral Tablet", "active");
    let other = order("6", "urn:other", "y", "lisinopril 10 MG Oral Tablet", "active");
    assert!(together(&plan_of(&[words, other])).is_empty(), "a name that is no RxNorm name proves nothing");
}

#[test]
fn goals_on_one_measure_are_one_while_both_are_pursued() {
    let goal = |id: &str, status: &str, value: f64| {
        json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": status, "description": { "text": format!("goal {id}") },
            "target": [{ "measure": { "coding": [{ "system": "http://loinc.org", "code": "4548-4" }] },
                "detailQuantity": { "value": value, "comparator": "<", "unit": "%", "code": "%" } }] })
    };
    let plan = plan(vec![
        record("a", &[goal("1", "active", 7.5), goal("3", "completed", 9.0)]),
        record("b", &[goal("2", "accepted", 8.0)]),
    ]);
    assert_eq!(together(&plan), [["1", "2"]]);
    let goal = plan.goals.iter().find(|goal| goal.statements.len() == 2).expect("the joined one");
    assert_eq!(goal.lifecycle_status, None);
    assert_ne!(goal.statements[0].targets, goal.statements[1].targets);
    assert!(goal.targets.is_empty(), "no record's target stands for the other's");
}

#[test]
fn goals_on_one_measure_are_one_whichever_of_its_codes_they_name() {
    let goal = |id: &str, loinc: &str| {
        json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active", "description": { "text": format!("goal {id}") },
            "target": [{ "measure": { "coding": [{ "system": "http://loinc.org", "code": loinc }] },
                "detailQuantity": { "value": 53, "comparator": "<", "unit": "mmol/mol", "code": "mmol/mol" } }] })
    };
    // HbA1c as a share and in the units of the IFCC; a blood pressure is another measure.
    let plan = plan_of(&[goal("1", "4548-4"), goal("2", "59261-8"), goal("3", "85354-9")]);
    assert_eq!(together(&plan), [["1", "2"]]);
}

#[test]
fn one_vaccine_on_one_day_was_given_once() {
    let shot = |id: &str, day: &str| {
        json!({ "resourceType": "Immunization", "id": id, "status": "completed", "occurrenceDateTime": day,
            "vaccineCode": { "coding": [{ "system": "http://hl7.org/fhir/sid/cvx", "code": "140" }] } })
    };
    let plan = plan(vec![
        record("a", &[shot("1", "2026-10-01"), shot("3", "2025-10-01")]),
        record("b", &[shot("2", "2026-10-01T09:00:00Z")]),
    ]);
    assert_eq!(together(&plan), [["1", "2"]]);
    assert!(plan.interventions.iter().all(|one| one.phase == Phase::Performed));
}

#[test]
fn a_linkage_joins_what_it_ties() {
    let linkage = json!({ "resourceType": "Linkage", "id": "l", "active": true, "item": [
        { "type": "source", "resource": { "reference": "Condition/1" } },
        { "type": "alternate", "resource": { "reference": "Condition/2" } }] });
    let plan = plan_of(&[condition("1", "urn:x", "1", json!({})), condition("2", "urn:y", "2", json!({})), linkage]);
    assert_eq!(together(&plan), [["1", "2"]]);
    assert!(matches!(plan.concerns[0].item.because[..], [Evidence::Linked { .. }]));
}

#[test]
fn a_provenance_joins_a_copy_with_what_it_was_copied_from_and_not_with_what_it_was_derived_from() {
    let told = |role: &str| {
        let copy = json!({ "resourceType": "Provenance", "id": "p", "target": [{ "reference": "Condition/2" }],
            "entity": [{ "role": role, "what": { "reference": "Condition/1" } }] });
        plan_of(&[condition("1", "urn:x", "1", json!({})), condition("2", "urn:y", "2", json!({})), copy])
    };
    assert_eq!(together(&told("source")), [["1", "2"]]);
    assert!(matches!(told("quotation").concerns[0].item.because[..], [Evidence::Copied { .. }]));
    assert!(together(&told("derivation")).is_empty());
}

#[test]
fn people_join_and_split_by_hand_and_the_order_of_their_decisions_changes_nothing() {
    let active = || json!({ "clinicalStatus": status("active") });
    let records = vec![
        record("a", &[condition("1", SNOMED, "38341003", active())]),
        record("b", &[condition("2", SNOMED, "38341003", active())]),
        record("c", &[condition("3", SNOMED, "59621000", active()), condition("4", "urn:x", "9", active())]),
    ];
    let snapshot = Snapshot { records };
    let name = |source: &str, id: &str| MemberName {
        key: fhir::ResourceKey { source: fhir::SourceId::new(source), kind: "Condition".into(), id: id.into() },
        part: None,
    };
    let of = |groupings: Vec<Grouping>| {
        together(&consolidate(&snapshot, &Decisions { groupings, ..Decisions::default() }, TODAY))
    };
    assert_eq!(of(Vec::new()), [["1", "2", "3"]]);
    let split = Grouping::Split { members: BTreeSet::from([name("b", "2")]) };
    let join = Grouping::Join { members: BTreeSet::from([name("b", "2"), name("c", "4")]) };
    assert_eq!(of(vec![split.clone()]), [["1", "3"]]);
    assert_eq!(of(vec![split.clone(), join.clone()]), [["1", "3"], ["2", "4"]]);
    assert_eq!(of(vec![join, split]), [["1", "3"], ["2", "4"]]);
}

#[test]
fn a_cluster_takes_the_highest_label_of_its_members() {
    let labelled = json!({ "clinicalStatus": status("active"), "meta": { "security": [{ "code": "R" }] } });
    let plain = json!({ "clinicalStatus": status("active") });
    let plan = plan_of(&[condition("1", SNOMED, "38341003", labelled), condition("2", SNOMED, "38341003", plain)]);
    assert_eq!(plan.concerns[0].item.confidentiality, Confidentiality::Restricted);
}

#[test]
fn one_clinician_in_two_teams_is_one_by_their_national_number() {
    let team = |member: &str| {
        json!({ "resourceType": "CareTeam", "id": format!("t{member}"), "status": "active",
            "participant": [{ "member": { "reference": format!("Practitioner/{member}") } }] })
    };
    let clinician = |id: &str, npi: &str| {
        json!({ "resourceType": "Practitioner", "id": id, "name": [{ "text": "Dr. Lee" }],
            "identifier": [{ "system": "http://hl7.org/fhir/sid/us-npi", "value": npi }] })
    };
    let plan = plan(vec![
        record("a", &[team("1"), clinician("1", "1234567893")]),
        record("b", &[team("1"), clinician("1", "1234567893"), team("2"), clinician("2", "1999999984")]),
    ]);
    let who: BTreeSet<_> = plan.team.iter().map(|member| &member.who).collect();
    assert_eq!((plan.team.len(), who.len()), (3, 2));
    let joined = plan.team.iter().filter(|member| !member.because.is_empty()).count();
    assert_eq!(joined, 2);
}

#[test]
fn why_two_problems_are_one_is_told_by_the_name_of_the_code_they_share() {
    let coded = |id: &str, own: &str| {
        let coding = json!([{ "system": format!("urn:{id}"), "code": own, "display": format!("Local name {own}") },
            { "system": SNOMED, "code": "13645005", "display": "Chronic obstructive lung disease" }]);
        json!({ "resourceType": "Condition", "id": id, "clinicalStatus": status("active"), "code": { "coding": coding } })
    };
    let plan = plan(vec![record("a", &[coded("1", "X1")]), record("b", &[coded("2", "X2")])]);
    let named = plan.concerns[0].item.because.iter().find_map(|because| match because {
        Evidence::SameCode { code, display, .. } if code == "13645005" => display.as_deref(),
        _ => None,
    });
    assert_eq!(named, Some("Chronic obstructive lung disease"));
}

#[test]
fn the_text_of_a_problem_names_a_code_only_where_it_is_the_only_one() {
    let named = |own: &str| {
        let coded = |id: &str| {
            let shared = json!({ "system": SNOMED, "code": "13645005" });
            let coding = if own.is_empty() {
                json!([shared])
            } else {
                json!([shared, { "system": format!("urn:{id}"), "code": own }])
            };
            json!({ "resourceType": "Condition", "id": id, "clinicalStatus": status("active"),
                "code": { "coding": coding, "text": "COPD, smoker" } })
        };
        let plan = plan(vec![record("a", &[coded("1")]), record("b", &[coded("2")])]);
        plan.concerns[0].item.because.iter().find_map(|because| match because {
            Evidence::SameCode { code, display, .. } if code == "13645005" => Some(display.clone()),
            _ => None,
        })
    };
    assert_eq!(named(""), Some(Some("COPD, smoker".to_owned())));
    assert_eq!(named("X"), Some(None), "the text may be the name of the other code");
}

#[test]
fn nothing_is_proposed_for_words_that_stand_alone_or_for_what_is_over_or_done() {
    let service = |id: &str, status: &str| json!({ "resourceType": "ServiceRequest", "id": id, "status": status, "code": { "text": "Walk" } });
    let procedure = |id: &str| json!({ "resourceType": "Procedure", "id": id, "status": "in-progress", "code": { "text": "Dialysis" } });
    let alone = json!({ "resourceType": "Condition", "id": "1", "clinicalStatus": status("active"), "code": { "text": "Gout" } });
    assert_eq!(plan_of(&[alone]).proposals, []);
    let untitled = |id: &str| json!({ "resourceType": "Goal", "id": id, "lifecycleStatus": "active" });
    assert_eq!(plan_of(&[untitled("1"), untitled("2")]).proposals, [], "no words are not the same words");
    assert_eq!(plan_of(&[service("1", "revoked"), service("2", "revoked")]).proposals, []);
    assert_eq!(plan_of(&[procedure("1"), procedure("2")]).proposals, [], "two sessions under way are two");
    assert_eq!(plan_of(&[service("1", "active"), service("2", "active")]).proposals.len(), 1);
}
