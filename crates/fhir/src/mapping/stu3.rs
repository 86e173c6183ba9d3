//! STU3, where it differs from R4 in what a plan reads (R4 "R3 Diff" of each type's page).

use serde_json::{Map, Value, json};

use super::rule::Rule::{self, Address, By, Coded, Lifted, Renamed, Within};
use super::rule::apply;

const CONDITION_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const CONDITION_VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
const ALLERGY_CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical";
const ALLERGY_VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification";
const GOAL_ACHIEVEMENT: &str = "http://terminology.hl7.org/CodeSystem/goal-achievement";
/// STU3's own codes of `Goal.status`.
const GOAL_STATUS: &str = "http://hl7.org/fhir/goal-status";

/// `requester` was an object around who asked.
const REQUESTER: Rule = Lifted("requester", "agent");
const DOSAGE: &[Rule] = &[By(dose_and_rate)];

/// The differences of a type.
pub(super) fn rules(kind: &str) -> &'static [Rule] {
    match kind {
        "Goal" => &[By(goal_status)],
        "Condition" => &[
            Coded("clinicalStatus", CONDITION_CLINICAL),
            Coded("verificationStatus", CONDITION_VERIFICATION),
            Renamed("assertedDate", "recordedDate"),
        ],
        "AllergyIntolerance" => &[
            Coded("clinicalStatus", ALLERGY_CLINICAL),
            Coded("verificationStatus", ALLERGY_VERIFICATION),
            Renamed("assertedDate", "recordedDate"),
        ],
        "CarePlan" => &[
            Renamed("context", "encounter"),
            Within(
                "activity",
                &[Renamed("actionReference", "reference"), Renamed("actionResulting", "outcomeReference")],
            ),
        ],
        "CareTeam" => &[Renamed("context", "encounter")],
        "MedicationRequest" => &[REQUESTER, Renamed("context", "encounter"), Within("dosageInstruction", DOSAGE)],
        "MedicationStatement" => &[Within("dosage", DOSAGE)],
        "Procedure" => &[By(not_done), Renamed("context", "encounter")],
        "Observation" => &[By(comment), By(related), Renamed("context", "encounter")],
        "DiagnosticReport" => &[Lifted("performer", "actor"), Renamed("context", "encounter")],
        "Encounter" => &[Renamed("reason", "reasonCode")],
        "Immunization" => &[
            By(not_done),
            Renamed("date", "occurrenceDateTime"),
            Renamed("practitioner", "performer"),
            By(explanation),
        ],
        "Task" => &[REQUESTER, Renamed("reason", "reasonCode"), Renamed("context", "encounter")],
        "CommunicationRequest" => &[REQUESTER, Renamed("context", "encounter")],
        "DeviceRequest" => &[REQUESTER, Renamed("context", "encounter")],
        "QuestionnaireResponse" => &[Address("questionnaire"), Renamed("context", "encounter")],
        "DocumentReference" => &[Renamed("class", "category"), Renamed("indexed", "date")],
        "ClinicalImpression" => &[Renamed("context", "encounter")],
        "RiskAssessment" => &[Renamed("reasonCodeableConcept", "reasonCode"), Renamed("context", "encounter")],
        "Provenance" => &[
            Within("agent", &[Renamed("whoReference", "who"), Renamed("onBehalfOfReference", "onBehalfOf")]),
            Within("entity", &[Renamed("whatReference", "what")]),
        ],
        _ => &[],
    }
}

/// `Goal.status` said two things that R4 parts: how far the goal is in its life, and whether it is being reached. What
/// has no code of R4 (on, ahead of and behind target) keeps its own.
fn goal_status(goal: &mut Map<String, Value>) {
    let Some(status) = goal.get("status").and_then(Value::as_str).map(str::to_owned) else { return };
    let (lifecycle, achievement) = match status.as_str() {
        "in-progress" => ("active", Some(GOAL_ACHIEVEMENT)),
        "sustaining" => ("active", Some(GOAL_ACHIEVEMENT)),
        "achieved" => ("completed", Some(GOAL_ACHIEVEMENT)),
        "on-target" | "ahead-of-target" | "behind-target" => ("active", Some(GOAL_STATUS)),
        other => (other, None),
    };
    let lifecycle = Value::from(lifecycle);
    goal.entry("lifecycleStatus").or_insert(lifecycle);
    if let Some(system) = achievement {
        let text = (system == GOAL_STATUS).then(|| status.replace('-', " "));
        let mut concept = json!({ "coding": [{ "system": system, "code": status }] });
        text.into_iter().for_each(|text| concept["text"] = Value::from(text));
        goal.entry("achievementStatus").or_insert(concept);
    }
}

/// Dose and rate stood in the dosage itself.
fn dose_and_rate(dosage: &mut Map<String, Value>) {
    let names = ["doseQuantity", "doseRange", "rateQuantity", "rateRange", "rateRatio"];
    let moved: Map<String, Value> =
        names.iter().filter_map(|name| Some(((*name).to_owned(), dosage.shift_remove(*name)?))).collect();
    if !moved.is_empty() {
        dosage.entry("doseAndRate").or_insert_with(|| json!([moved]));
    }
}

/// `notDone` and `notGiven` are a status in R4.
fn not_done(resource: &mut Map<String, Value>) {
    if ["notDone", "notGiven"].iter().any(|name| resource.get(*name) == Some(&Value::Bool(true))) {
        resource.insert("status".to_owned(), Value::from("not-done"));
    }
}

/// `Observation.comment` is a note in R4.
fn comment(observation: &mut Map<String, Value>) {
    if let Some(comment) = observation.get("comment").filter(|comment| comment.is_string()).cloned() {
        observation.entry("note").or_insert_with(|| json!([{ "text": comment }]));
    }
}

/// `Observation.related` is a list for each kind of relation in R4.
fn related(observation: &mut Map<String, Value>) {
    let all = observation.get("related").and_then(Value::as_array).cloned().unwrap_or_default();
    for (kind, element) in [("has-member", "hasMember"), ("derived-from", "derivedFrom")] {
        let of_kind = all.iter().filter(|one| one.get("type").and_then(Value::as_str) == Some(kind));
        let targets: Vec<Value> = of_kind.filter_map(|one| one.get("target").cloned()).collect();
        if !targets.is_empty() {
            observation.entry(element).or_insert(Value::Array(targets));
        }
    }
}

/// `Immunization.explanation.reason` is `reasonCode` in R4.
fn explanation(immunization: &mut Map<String, Value>) {
    if let Some(Value::Object(explanation)) = immunization.get_mut("explanation") {
        apply(&[Renamed("reason", "reasonCode")], explanation);
        if let Some(reason) = explanation.shift_remove("reasonCode") {
            immunization.entry("reasonCode").or_insert(reason);
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::{CarePlan, Condition, Goal, MedicationRequest, Observation, Performed, Release, Resource, SourceId};

    fn read(kind: &str, rest: &str) -> Resource {
        let raw = format!(r#"{{"resourceType":"{kind}","id":"1",{rest}}}"#);
        let resource = Resource::parse(&SourceId::new("a"), &raw).unwrap().of_release(Release::Stu3);
        assert_eq!(resource.raw(), raw, "the bytes stay as they came");
        resource
    }

    #[test]
    fn f1_the_one_status_of_a_goal_says_two_things() {
        for (status, lifecycle, achievement) in [
            ("in-progress", "active", Some("in-progress")),
            ("achieved", "completed", Some("achieved")),
            ("behind-target", "active", Some("behind-target")),
            ("on-hold", "on-hold", None),
            ("entered-in-error", "entered-in-error", None),
        ] {
            let goal: Goal = read("Goal", &format!(r#""status":"{status}""#)).read();
            assert_eq!(goal.lifecycle_status.as_deref(), Some(lifecycle), "{status}");
            let code = goal.achievement_status.as_ref().and_then(|concept| concept.coding[0].code.0.clone());
            assert_eq!(code.as_deref(), achievement, "{status}");
        }
    }

    #[test]
    fn a_condition_says_its_status_as_a_plain_code() {
        let condition: Condition = read(
            "Condition",
            r#""clinicalStatus":"active","verificationStatus":"refuted","assertedDate":"2019-01-02""#,
        )
        .read();
        assert_eq!(condition.clinical_status.as_ref().unwrap().coding[0].code.as_deref(), Some("active"));
        assert_eq!(condition.verification_status.as_ref().unwrap().coding[0].code.as_deref(), Some("refuted"));
        assert!(condition.recorded_date.is_some());
    }

    #[test]
    fn an_activity_is_found_under_its_older_names() {
        let plan: CarePlan = read("CarePlan", r#""activity":[{"actionReference":{"reference":"Task/1"}}]"#).read();
        assert_eq!(plan.activity[0].reference.as_ref().unwrap().reference.as_deref(), Some("Task/1"));
    }

    #[test]
    fn who_prescribed_and_the_dose_are_found() {
        let request: MedicationRequest = read(
            "MedicationRequest",
            r#""requester":{"agent":{"reference":"Practitioner/1"}},"dosageInstruction":[{"doseQuantity":{"value":5}}]"#,
        )
        .read();
        assert_eq!(request.requester.as_ref().unwrap().reference.as_deref(), Some("Practitioner/1"));
        let resource = read("MedicationRequest", r#""dosageInstruction":[{"doseQuantity":{"value":5.0}}]"#);
        assert_eq!(
            resource.to_r4_value()["dosageInstruction"][0]["doseAndRate"][0]["doseQuantity"]["value"].to_string(),
            "5.0"
        );
    }

    #[test]
    fn what_was_not_done_is_never_taken_for_done() {
        let done: Performed = read("Procedure", r#""status":"completed","notDone":true"#).read();
        assert_eq!(done.status.as_deref(), Some("not-done"));
        let given: Performed =
            read("Immunization", r#""status":"completed","notGiven":true,"date":"2019-01-01""#).read();
        assert_eq!(given.status.as_deref(), Some("not-done"));
        assert!(given.occurrence_date_time.is_some());
    }

    #[test]
    fn a_comment_and_related_observations_are_kept() {
        let observation: Observation = read(
            "Observation",
            r#""comment":"fasting","related":[{"type":"has-member","target":{"reference":"Observation/2"}}]"#,
        )
        .read();
        assert_eq!(observation.note[0].text.as_deref(), Some("fasting"));
        assert_eq!(observation.has_member[0].reference.as_deref(), Some("Observation/2"));
    }
}
