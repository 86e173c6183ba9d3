//! Each resource once, spelled out.

use access::Role;
use serde_json::{Value, json};
use shared_plan::Version;
use shared_plan::fhir::{Bases, Made, ResourceKind, condition, patient, provenance, service_request};
use shared_plan::plan::{Activity, Coding};
use shared_plan::ports::VersionHead;

use crate::world::{bases, concerns, foreign, person, resources, versions, who};

fn of(kind: &str) -> Vec<Value> {
    let plan = versions().pop().unwrap();
    resources(&plan).into_iter().filter(|one| one["resourceType"] == kind).collect()
}

fn hex(number: u8) -> String {
    format!("{number:032x}")
}

#[test]
fn a_goal_is_spelled_out() {
    let goal = &of("Goal")[0];
    let subject = json!({ "reference": format!("Patient/{}", person()), "type": "Patient" });
    assert_eq!(goal["subject"], subject);
    assert_eq!(goal["meta"]["profile"], json!(["http://hl7.org/fhir/us/mcc/StructureDefinition/MCCGoal"]));
    assert_eq!((&goal["lifecycleStatus"], &goal["startDate"]), (&json!("completed"), &json!("2026-11-21")));
    assert_eq!(goal["achievementStatus"]["coding"][0]["code"], "improving");
    assert_eq!(goal["priority"]["coding"][0]["code"], "high-priority");
    assert_eq!(goal["expressedBy"]["reference"], subject["reference"]);
    assert_eq!(
        goal["addresses"],
        json!([{ "reference": "https://valley.example/fhir/Condition/c1", "type": "Condition", "display": "Condition number c1" }])
    );
    let accepted = &goal["extension"][0];
    assert_eq!(accepted["url"], "http://hl7.org/fhir/StructureDefinition/goal-acceptance");
    assert_eq!(
        (
            &accepted["extension"][1]["valueCode"],
            &accepted["extension"][2]["valueCodeableConcept"]["coding"][0]["code"]
        ),
        (&json!("agree"), &json!("low-priority"))
    );
    // A Procedure is none of what `addresses` may point at, and is told all the same.
    assert_eq!(goal["extension"][2]["valueReference"]["reference"], "https://valley.example/fhir/Procedure/p1");
    assert_eq!(goal["note"][0]["text"], "Better <b>today</b>.");
    assert_eq!(goal["note"][0]["authorReference"]["reference"], subject["reference"]);
}

/// A source that read the plan went on telling that the patient supports what they had never seen.
#[test]
fn an_answer_to_an_earlier_wording_was_told_as_support_of_the_present_one() {
    let mut plan = versions().pop().unwrap();
    let status = |plan: &shared_plan::plan::Plan| {
        let goal = resources(plan).into_iter().find(|one| one["resourceType"] == "Goal");
        let shown = goal.expect("a goal");
        let parts = &shown["extension"][0]["extension"];
        (parts[1]["valueCode"].clone(), parts.as_array().map_or(0, Vec::len))
    };
    assert_eq!(status(&plan), (json!("agree"), 3));
    plan.goals[0].worded = Some(plan.goals[0].version);
    assert_eq!(status(&plan), (json!("pending"), 2));
}

#[test]
fn the_digits_of_a_target_stay_as_they_were_written() {
    let goal = &of("Goal")[0];
    let detail = &goal["target"][0]["detailQuantity"];
    assert_eq!(
        detail.to_string(),
        r#"{"value":7.50,"comparator":"<","unit":"%","system":"http://unitsofmeasure.org","code":"%"}"#
    );
    assert_eq!(goal["target"][0]["dueDate"], "2027-03-01");
    assert_eq!(
        goal["target"][1]["detailRange"]["high"].to_string(),
        r#"{"value":7.0,"unit":"%","system":"http://unitsofmeasure.org","code":"%"}"#
    );
    assert_eq!(goal["target"][2]["detailCodeableConcept"]["coding"][0]["code"], "LA18978-9");
    assert_eq!(goal["target"][3]["detailString"], "feel better");
    assert_eq!(goal["target"][4].as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "dueDate"]);
}

#[test]
fn a_rejected_goal_says_why_in_its_extension_too() {
    let goal = &of("Goal")[2];
    let rejected = "http://hl7.org/fhir/StructureDefinition/goal-reasonRejected";
    let why = goal["extension"].as_array().unwrap().iter().find(|one| one["url"] == rejected).unwrap();
    assert_eq!(why["valueCodeableConcept"]["text"], "because <it> is so");
    assert_eq!(goal["statusReason"], "because <it> is so");
}

#[test]
fn a_task_is_spelled_out() {
    let task = &of("Task")[0];
    assert_eq!(
        (&task["status"], &task["intent"], &task["description"]),
        (&json!("completed"), &json!("plan"), &json!("Walk"))
    );
    assert_eq!(task["focus"]["reference"], "https://valley.example/fhir/ServiceRequest/s");
    assert_eq!(
        task["owner"],
        json!({ "reference": "https://valley.example/fhir/PractitionerRole/m", "type": "PractitionerRole", "display": "Ana Ruiz" })
    );
    assert_eq!(task["executionPeriod"], json!({ "start": "2026-11-21", "end": "2026-11-21" }));
    assert_eq!(task["restriction"]["period"], json!({ "start": "2026-11-21", "end": "2027-01-31" }));
    assert_eq!(task["reasonReference"]["reference"], "https://valley.example/fhir/Condition/c1");
    assert_eq!(task["input"][0]["valueTiming"]["code"]["text"], "every morning");
    assert_eq!(task["output"][0]["valueCodeableConcept"]["text"], "Walked a mile");
    assert_eq!(
        task["output"][2]["valueReference"]["identifier"],
        json!({ "system": "https://gone.invalid", "value": "Encounter/x" })
    );
}

#[test]
fn a_care_plan_is_spelled_out() {
    let plan = &of("CarePlan")[0];
    assert_eq!(plan["category"][0]["coding"][0]["code"], "assess-plan");
    assert_eq!(plan["category"].as_array().unwrap().len(), 3);
    assert_eq!(
        (&plan["status"], &plan["intent"], &plan["period"]),
        (&json!("completed"), &json!("plan"), &json!({ "start": "2026-11-21" }))
    );
    assert_eq!(plan["created"], "2026-11-21T08:00:00Z");
    assert_eq!(plan["author"], json!({ "type": "Practitioner", "display": "Cleo" }));
    let contributors: Vec<&Value> = plan["contributor"].as_array().unwrap().iter().map(|one| &one["display"]).collect();
    assert_eq!(contributors, ["Dr. Stone", "Maria", "Luis"]);
    assert_eq!(plan["extension"][0]["valueReference"]["reference"], "https://valley.example/fhir/Organization/o");
    // `addresses` takes Conditions; the Observation has shaped the plan.
    assert_eq!(plan["addresses"].as_array().unwrap().len(), 2);
    assert_eq!(plan["addresses"][0]["reference"], format!("Condition/{}", "05".repeat(16)));
    assert_eq!(plan["supportingInfo"][0]["identifier"]["value"], "Observation/o1");
    let activity = &plan["activity"][0];
    assert_eq!(activity["outcomeCodeableConcept"][0]["text"], "Walked a mile");
    assert_eq!(
        (activity["outcomeReference"].as_array().unwrap().len(), &activity["progress"][0]["text"]),
        (2, &json!("Done twice."))
    );
    assert_eq!(plan["note"][0]["text"], "completed: because <it> is so");
    let first = resources(&versions()[0]);
    let first = first.iter().find(|one| one["resourceType"] == "CarePlan").unwrap();
    let text = first["text"]["div"].as_str().unwrap();
    assert!(text.contains("Diabetes &amp; &lt;heart&gt;") && !text.contains("<heart>"), "{text}");
}

#[test]
fn a_team_has_one_participant_for_each_role_and_its_state_follows_the_plan() {
    let team = &of("CareTeam")[0];
    let said = |at: usize| {
        let one = &team["participant"][at];
        (one["member"]["display"].clone(), one["role"][0]["coding"][0]["code"].clone(), one.get("onBehalfOf").is_some())
    };
    assert_eq!(team["participant"].as_array().unwrap().len(), 5);
    // Who acts for an organisation is a practitioner (ctm-1); Ana's record is of a role by now.
    assert_eq!(said(0), (json!("Ana Ruiz"), json!("1"), false));
    assert_eq!(said(2), (json!("Ben"), json!("unknown"), false));
    assert_eq!(team["note"][0]["text"], "Ana Ruiz acts for Organization number o", "it is said all the same");
    let states: Vec<String> = versions()
        .iter()
        .flat_map(resources)
        .filter(|one| one["resourceType"] == "CareTeam")
        .map(|one| one["status"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!((states[0].as_str(), states.last().unwrap().as_str()), ("proposed", "inactive"));
    assert!(states.iter().any(|state| state == "active") && states.iter().any(|state| state == "suspended"));
}

#[test]
fn what_a_patient_says_of_themselves_is_not_confirmed_and_what_was_entered_in_error_has_no_clinical_state() {
    let all: Vec<Value> = concerns().iter().map(|concern| condition(concern, Bases(&bases))).collect();
    assert_eq!(all[0]["verificationStatus"]["coding"][0]["code"], "unconfirmed");
    assert_eq!(all[1].get("verificationStatus"), None);
    assert_eq!(
        (&all[0]["onsetDateTime"], &all[2]["onsetDateTime"], &all[4]["onsetString"]),
        (&json!("2025-03-04"), &json!("2019-05"), &json!("as a child"))
    );
    let wrong = all.last().unwrap();
    assert_eq!(
        (wrong.get("clinicalStatus"), &wrong["verificationStatus"]["coding"][0]["code"]),
        (None, &json!("entered-in-error"))
    );
    assert_eq!(wrong["note"][1]["text"], "entered-in-error: It is <over>");
}

#[test]
fn a_provenance_names_the_version_who_made_it_when_and_why() {
    let by = who(Role::Clinician, "Dr. Stone", Some(foreign("valley", "Practitioner", "9")));
    let head = VersionHead {
        moved: None,
        version: Version(4),
        at: "2026-11-21T08:00:00Z".parse().unwrap(),
        by,
        reason: Some("because".into()),
    };
    let made = Made { kind: ResourceKind::Goal, id: hex(2), version: Version(3) };
    let told = provenance(&made, &head, &person(), Bases(&bases));
    assert_eq!(told["id"], format!("Goal.{}.3", hex(2)));
    assert_eq!(told["target"][0]["reference"], format!("Goal/{}/_history/3", hex(2)));
    assert_eq!((&told["recorded"], &told["reason"][0]["text"]), (&json!("2026-11-21T08:00:00Z"), &json!("because")));
    assert_eq!(told["activity"]["coding"][0]["code"], "UPDATE");
    assert_eq!(told["agent"][0]["who"]["reference"], "https://valley.example/fhir/Practitioner/9");
}

#[test]
fn a_patient_is_an_id_and_what_is_handed_in_of_them() {
    assert_eq!(patient(&person(), None), json!({ "resourceType": "Patient", "id": person().as_str() }));
    let known =
        json!({ "resourceType": "Patient", "id": "17", "meta": { "versionId": "4" }, "birthDate": "1957-05-23" });
    let told = patient(&person(), known.as_object());
    assert_eq!(told, json!({ "resourceType": "Patient", "id": person().as_str(), "birthDate": "1957-05-23" }));
}

#[test]
fn an_activity_that_asks_for_a_service_is_a_request_of_intent_plan_too() {
    let plan = versions().pop().unwrap();
    let request = |activity: &Activity| service_request(activity, &plan, Bases(&bases));
    let walk = request(&plan.activities[0]).unwrap();
    assert_eq!((&walk["status"], &walk["intent"]), (&json!("completed"), &json!("plan")));
    assert_eq!(
        walk["identifier"],
        json!([{ "system": "urn:ietf:rfc:3986", "value": "https://valley.example/fhir/ServiceRequest/s" }])
    );
    assert_eq!(walk["basedOn"][0]["reference"], format!("CarePlan/{}", plan.id));
    assert_eq!(walk["supportingInfo"][0]["reference"], format!("Task/{}", plan.activities[0].id));
    assert_eq!(walk["occurrencePeriod"], json!({ "start": "2026-11-21", "end": "2027-01-31" }));
    assert_eq!(walk["performer"][0]["display"], "Ana Ruiz");
    assert_eq!(walk["reasonReference"][0]["reference"], "https://valley.example/fhir/Condition/c1");
    let mut other = plan.activities[0].clone();
    let coded =
        |system: &str| Coding { system: system.into(), code: "229065009".into(), display: None, unverified: false };
    for (planned, system, is_one) in [
        (Some("MedicationRequest"), "http://snomed.info/sct", false),
        (Some("Appointment"), "http://snomed.info/sct", false),
        (Some("ServiceRequest"), "", true),
        (None, "http://snomed.info/sct", true),
        (None, "urn:oid:2.16.840.1.113883.6.12", true),
        (None, "http://www.nlm.nih.gov/research/umls/rxnorm", false),
        (None, "", false),
    ] {
        other.content.planned = planned.map(|kind| foreign("gone", kind, "x"));
        other.content.description.codings = if system.is_empty() { vec![] } else { vec![coded(system)] };
        assert_eq!(request(&other).is_some(), is_one, "{planned:?} {system}");
    }
}

#[test]
fn each_part_has_one_identifier_that_is_the_same_wherever_it_is_shown() {
    let resources: Vec<Value> = ["CarePlan", "Goal", "Task", "CareTeam"].into_iter().flat_map(of).collect();
    let mut seen = std::collections::BTreeSet::new();
    for resource in &resources {
        let [one] = resource["identifier"].as_array().unwrap().as_slice() else { panic!("{resource}") };
        let value = one["value"].as_str().unwrap();
        assert_eq!(value.replace("urn:uuid:", "").replace('-', ""), resource["id"].as_str().unwrap());
        assert!(value.len() == "urn:uuid:".len() + 36 && seen.insert(value.to_owned()), "{value}");
    }
}
