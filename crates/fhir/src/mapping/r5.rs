//! R5, where it differs from R4 in what a plan reads (R5 "R4 to R5" differences of each type's page).

use serde_json::{Map, Value, json};

use super::rule::Rule::{self, By, Choice, Plain, Renamed, Split, ToConcept, ToReference, Values, Within};
use super::rule::{apply, first};

/// `reason` was `reasonCode` and `reasonReference`.
const REASON: Rule = Split("reason", "reasonCode", "reasonReference");
/// `medication` was a choice of two types.
const MEDICATION: Rule = Split("medication", "medicationCodeableConcept", "medicationReference");
/// R5 says "as needed" and for what in two elements.
const DOSAGE: &[Rule] = &[Renamed("asNeeded", "asNeededBoolean"), By(as_needed_for)];
const OUTCOME: &[Rule] = &[
    Renamed("plannedActivityReference", "reference"),
    Split("performedActivity", "outcomeCodeableConcept", "outcomeReference"),
];

/// The differences of a type.
pub(super) fn rules(kind: &str) -> &'static [Rule] {
    match kind {
        "CarePlan" => {
            &[ToReference("addresses", "addresses"), Renamed("custodian", "author"), Within("activity", OUTCOME)]
        }
        "Goal" => &[
            ToReference("addresses", "addresses"),
            Split("outcome", "outcomeCode", "outcomeReference"),
            Renamed("source", "expressedBy"),
            Within("target", &[Renamed("dueDateTime", "dueDate")]),
        ],
        "Condition" => &[By(participants), By(evidence)],
        "AllergyIntolerance" => {
            &[By(participants), Plain("type"), Within("reaction", &[ToConcept("manifestation", "manifestation")])]
        }
        "CareTeam" => &[REASON, Within("participant", &[Renamed("coveragePeriod", "period")])],
        "ServiceRequest" => {
            &[ToConcept("code", "code"), REASON, ToReference("supportingInfo", "supportingInfo"), By(order_detail)]
        }
        "MedicationRequest" => &[MEDICATION, REASON, Within("dosageInstruction", DOSAGE)],
        "MedicationStatement" => &[MEDICATION, REASON, Within("dosage", DOSAGE)],
        "MedicationAdministration" => &[
            MEDICATION,
            REASON,
            Choice("occurence", "effective"),
            Choice("occurrence", "effective"),
            Within("performer", &[ToReference("actor", "actor")]),
        ],
        "Medication" => &[
            Renamed("doseForm", "form"),
            Within("ingredient", &[Split("item", "itemCodeableConcept", "itemReference")]),
        ],
        "Procedure" => &[Choice("occurrence", "performed"), REASON, ToConcept("complication", "complication")],
        "DeviceRequest" => {
            &[Split("code", "codeCodeableConcept", "codeReference"), REASON, ToReference("performer", "performer")]
        }
        "NutritionOrder" => &[Renamed("subject", "patient"), ToReference("performer", "performer")],
        "CommunicationRequest" => &[REASON, Renamed("informationProvider", "sender")],
        "Communication" | "RiskAssessment" => &[REASON],
        "Immunization" => &[REASON, Within("reaction", &[ToReference("manifestation", "detail")])],
        "Task" => &[REASON, ToReference("requestedPerformer", "requestedPerformer")],
        "Appointment" => &[REASON, ToConcept("serviceType", "serviceType")],
        "Encounter" => &[
            Renamed("actualPeriod", "period"),
            Renamed("admission", "hospitalization"),
            Values("status", &[("completed", "finished")]),
            By(encounter_class),
            By(encounter_reason),
            Within("participant", &[Renamed("actor", "individual")]),
        ],
        "ClinicalImpression" => &[
            Renamed("performer", "assessor"),
            Within("finding", &[Split("item", "itemCodeableConcept", "itemReference")]),
        ],
        "EpisodeOfCare" => &[By(diagnoses), REASON],
        "FamilyMemberHistory" => &[REASON],
        "DocumentReference" => &[By(document_context)],
        _ => &[],
    }
}

/// `asNeededFor` was a choice beside `asNeededBoolean`: the first reason stays, the others have no element.
fn as_needed_for(dosage: &mut Map<String, Value>) {
    if let Some(reason) = dosage.get("asNeededFor").and_then(first).cloned() {
        dosage.entry("asNeededCodeableConcept").or_insert(reason);
    }
}

/// `participant` with a function was `recorder` and `asserter`.
fn participants(resource: &mut Map<String, Value>) {
    let members = resource.get("participant").and_then(Value::as_array).cloned().unwrap_or_default();
    for member in members {
        let code = member.get("function").and_then(|function| function.get("coding")).and_then(first);
        let element = match code.and_then(|coding| coding.get("code")).and_then(Value::as_str) {
            Some("author" | "enterer" | "transcriber") => "recorder",
            Some("informant" | "attester" | "verifier") => "asserter",
            _ => continue,
        };
        if let Some(actor) = member.get("actor") {
            resource.entry(element).or_insert_with(|| actor.clone());
        }
    }
}

/// `Condition.evidence` was an object with `code` and `detail`.
fn evidence(condition: &mut Map<String, Value>) {
    let change = |member: &Value| {
        let concept = member.get("concept").cloned();
        let reference = member.get("reference").filter(|at| at.is_object()).cloned();
        if concept.is_none() && reference.is_none() {
            return None;
        }
        let mut old = Map::new();
        concept.into_iter().for_each(|concept| drop(old.insert("code".to_owned(), json!([concept]))));
        reference.into_iter().for_each(|reference| drop(old.insert("detail".to_owned(), json!([reference]))));
        Some(Value::Object(old))
    };
    for member in condition.get_mut("evidence").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(old) = change(member) {
            *member = old;
        }
    }
}

/// `ServiceRequest.orderDetail` was a list of concepts; what is not one any more is left to the raw text.
fn order_detail(request: &mut Map<String, Value>) {
    if request.get("orderDetail").and_then(first).is_some_and(|detail| detail.get("parameter").is_some()) {
        request.shift_remove("orderDetail");
    }
}

/// `Encounter.class` was one Coding.
fn encounter_class(encounter: &mut Map<String, Value>) {
    let coding = encounter.get("class").and_then(first).and_then(|class| class.get("coding")).and_then(first).cloned();
    if let Some(coding) = coding {
        encounter.insert("class".to_owned(), coding);
    }
}

/// `Encounter.reason` was two lists.
fn encounter_reason(encounter: &mut Map<String, Value>) {
    let Some(Value::Array(reasons)) = encounter.shift_remove("reason") else { return };
    let values = reasons.iter().filter_map(|reason| reason.get("value")?.as_array().cloned()).flatten();
    encounter.insert("reason".to_owned(), values.collect());
    apply(&[REASON], encounter);
}

/// `EpisodeOfCare.diagnosis.condition` was one Reference: one of several conditions becomes a diagnosis of its own.
fn diagnoses(episode: &mut Map<String, Value>) {
    let Some(Value::Array(members)) = episode.get("diagnosis").cloned() else { return };
    let parted = members.into_iter().flat_map(|member| {
        let conditions = member.get("condition").and_then(Value::as_array).cloned().unwrap_or_default();
        if conditions.is_empty() {
            return vec![member];
        }
        let of_one = |condition: Value| {
            let mut diagnosis = member.clone();
            diagnosis["condition"] = condition;
            diagnosis.as_object_mut().into_iter().for_each(|diagnosis| {
                apply(&[ToReference("condition", "condition"), Renamed("use", "role")], diagnosis);
            });
            diagnosis
        };
        conditions.into_iter().map(of_one).collect()
    });
    episode.insert("diagnosis".to_owned(), parted.collect());
}

/// `DocumentReference.context` was an object.
fn document_context(document: &mut Map<String, Value>) {
    if let Some(Value::Array(encounters)) = document.get("context").cloned() {
        let period = document.get("period").cloned();
        let event: Option<Value> = document
            .get("event")
            .and_then(Value::as_array)
            .map(|all| all.iter().filter_map(|one| one.get("concept").cloned()).collect());
        document.insert("context".to_owned(), json!({ "encounter": encounters, "period": period, "event": event }));
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::{CarePlan, Condition, Goal, MedicationRequest, Performed, Release, Request, Resource, SourceId};

    fn read(kind: &str, rest: &str) -> Resource {
        let raw = format!(r#"{{"resourceType":"{kind}","id":"1",{rest}}}"#);
        let resource = Resource::parse(&SourceId::new("a"), &raw).unwrap().of_release(Release::R5);
        assert_eq!(resource.raw(), raw, "the bytes stay as they came");
        resource
    }

    #[test]
    fn f1_activities_of_a_care_plan_are_found_under_their_names_of_r5() {
        let plan: CarePlan = read(
            "CarePlan",
            r#""custodian":{"reference":"Practitioner/9"},
            "addresses":[{"reference":{"reference":"Condition/1"}},{"concept":{"text":"Frailty"}}],
            "activity":[{"plannedActivityReference":{"reference":"ServiceRequest/2"},
            "performedActivity":[{"reference":{"reference":"Procedure/3"}},{"concept":{"text":"Done well"}}]}]"#,
        )
        .read();
        let activity = &plan.activity[0];
        assert_eq!(activity.reference.as_ref().unwrap().reference.as_deref(), Some("ServiceRequest/2"));
        assert_eq!(activity.outcome_reference[0].reference.as_deref(), Some("Procedure/3"));
        assert_eq!(activity.outcome_codeable_concept[0].text.as_deref(), Some("Done well"));
        assert_eq!(plan.addresses[0].reference.as_deref(), Some("Condition/1"));
        assert_eq!(plan.addresses[1].display.as_deref(), Some("Frailty"));
        assert_eq!(plan.author.as_ref().unwrap().reference.as_deref(), Some("Practitioner/9"));
    }

    #[test]
    fn a_goal_keeps_its_outcomes_and_who_said_it() {
        let goal: Goal = read(
            "Goal",
            r#""addresses":[{"reference":"Condition/1"}],"source":{"reference":"Patient/p"},
            "outcome":[{"reference":{"reference":"Observation/5"}}],"target":[{"detailInteger":4}]"#,
        )
        .read();
        assert_eq!(goal.addresses[0].reference.as_deref(), Some("Condition/1"));
        assert_eq!(goal.outcome_reference[0].reference.as_deref(), Some("Observation/5"));
        assert_eq!(goal.expressed_by.as_ref().unwrap().reference.as_deref(), Some("Patient/p"));
        assert_eq!(goal.target[0].detail_integer.0, Some(4));
    }

    #[test]
    fn who_recorded_a_condition_is_among_its_participants() {
        let condition: Condition = read(
            "Condition",
            r#""participant":[{"function":{"coding":[{"code":"author"}]},"actor":{"reference":"Practitioner/1"}},
            {"function":{"coding":[{"code":"informant"}]},"actor":{"reference":"Patient/p"}},{"actor":{"reference":"x"}}],
            "evidence":[{"concept":{"text":"Swelling"}},{"reference":{"reference":"Observation/1"}}]"#,
        )
        .read();
        assert_eq!(condition.recorder.as_ref().unwrap().reference.as_deref(), Some("Practitioner/1"));
        assert_eq!(condition.asserter.as_ref().unwrap().reference.as_deref(), Some("Patient/p"));
        assert_eq!(condition.evidence[0].code[0].text.as_deref(), Some("Swelling"));
        assert_eq!(condition.evidence[1].detail[0].reference.as_deref(), Some("Observation/1"));
    }

    #[test]
    fn a_medication_is_a_concept_or_a_reference() {
        let with = |medication: &str| -> MedicationRequest {
            read(
                "MedicationRequest",
                &format!(r#""medication":{medication},"reason":[{{"concept":{{"text":"Pain"}}}}]"#),
            )
            .read()
        };
        let concept = with(r#"{"concept":{"text":"Metformin"}}"#);
        assert_eq!(concept.medication_codeable_concept.as_ref().unwrap().text.as_deref(), Some("Metformin"));
        assert_eq!(concept.reason_code[0].text.as_deref(), Some("Pain"));
        let reference = with(r#"{"reference":{"reference":"Medication/7"}}"#);
        assert_eq!(reference.medication_reference.as_ref().unwrap().reference.as_deref(), Some("Medication/7"));
    }

    #[test]
    fn when_and_why_something_was_done_is_found() {
        let done: Performed = read(
            "Procedure",
            r#""occurrenceDateTime":"2026-01-02","reason":[{"reference":{"reference":"Condition/1"}}]"#,
        )
        .read();
        assert!(done.performed_date_time.is_some());
        assert_eq!(done.reason_reference[0].reference.as_deref(), Some("Condition/1"));
        let visit: Performed = read(
            "Encounter",
            r#""class":[{"coding":[{"code":"AMB"}]}],"actualPeriod":{"start":"2026-01-02"},
            "reason":[{"value":[{"concept":{"text":"Cough"}}]}],"participant":[{"actor":{"reference":"Practitioner/1"}}]"#,
        )
        .read();
        assert_eq!(visit.class.as_ref().unwrap().code.as_deref(), Some("AMB"));
        assert!(visit.period.is_some() && visit.reason_code[0].text.as_deref() == Some("Cough"));
        assert!(visit.participant[0].individual.is_some());
    }

    #[test]
    fn what_is_asked_for_is_a_concept_within_a_codeable_reference() {
        let request: Request = read("ServiceRequest", r#""code":{"concept":{"text":"Dietitian"}}"#).read();
        assert_eq!(request.code.as_ref().unwrap().text.as_deref(), Some("Dietitian"));
        let device: Request = read("DeviceRequest", r#""code":{"concept":{"text":"Cuff"}}"#).read();
        assert_eq!(device.code_codeable_concept.as_ref().unwrap().text.as_deref(), Some("Cuff"));
        let order: Request = read("NutritionOrder", r#""subject":{"reference":"Patient/p"}"#).read();
        assert!(order.patient.is_some());
    }
}
