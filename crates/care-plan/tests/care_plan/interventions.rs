//! Interventions, planned and performed.

use care_plan::plan::{AsideReason, Intervention, Phase};
use serde_json::{Value, json};

use crate::support::plan_of;

fn one(resource: Value) -> Intervention {
    plan_of(&[resource]).interventions.remove(0)
}

#[test]
fn a_medication_is_named_wherever_its_name_stands() {
    let named = |extra: Value| {
        let mut order =
            json!({ "resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order" });
        order.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        let medication = json!({ "resourceType": "Medication", "id": "x", "code": { "text": "Lisinopril 10 mg" } });
        plan_of(&[order, medication]).interventions.remove(0).item.title
    };
    assert_eq!(named(json!({ "medicationCodeableConcept": { "text": "Insulin" } })), "Insulin");
    assert_eq!(named(json!({ "medicationReference": { "reference": "Medication/x" } })), "Lisinopril 10 mg");
    let contained = json!({ "contained": [{ "resourceType": "Medication", "id": "c", "code": { "text": "Aspirin" } }], "medicationReference": { "reference": "#c" } });
    assert_eq!(named(contained), "Aspirin");
    assert_eq!(
        named(json!({ "medicationReference": { "reference": "Medication/gone", "display": "Statin" } })),
        "Statin"
    );
    assert_eq!(named(json!({})), "Untitled medication request");
}

#[test]
fn each_type_finds_its_title_and_its_day() {
    let told = |resource: Value| {
        let item = one(resource);
        (item.item.title, item.when.map(|when| when.to_string()), item.phase)
    };
    let planned = |title: &str, when: &str| (title.to_owned(), Some(when.to_owned()), Phase::Planned);
    let performed = |title: &str, when: &str| (title.to_owned(), Some(when.to_owned()), Phase::Performed);
    let service = json!({ "resourceType": "ServiceRequest", "id": "1", "code": { "text": "Education" }, "authoredOn": "2026-01-01", "occurrencePeriod": { "start": "2026-02-01" } });
    assert_eq!(told(service), planned("Education", "2026-02-01"));
    let diet = json!({ "resourceType": "NutritionOrder", "id": "1", "dateTime": "2026-01-01", "oralDiet": { "type": [{ "text": "Low salt" }, { "text": "Renal" }] } });
    assert_eq!(told(diet), planned("Low salt, Renal", "2026-01-01"));
    let message = json!({ "resourceType": "CommunicationRequest", "id": "1", "payload": [{ "contentString": "Call the clinic" }], "authoredOn": "2026" });
    assert_eq!(told(message), planned("Call the clinic", "2026"));
    let leaflet = json!({ "resourceType": "CommunicationRequest", "id": "1", "payload": [{ "contentAttachment": { "title": "Patient guide" } }], "authoredOn": "2026" });
    assert_eq!(told(leaflet), planned("Patient guide", "2026"));
    let task = json!({ "resourceType": "Task", "id": "1", "code": { "text": "fulfill" }, "for": { "reference": "Patient/p" }, "description": "Find housing", "authoredOn": "2026-01" });
    assert_eq!(told(task), planned("Find housing", "2026-01"));
    let visit = json!({ "resourceType": "Appointment", "id": "1", "description": "Follow up", "start": "2026-12-01T10:00:00Z" });
    assert_eq!(told(visit), planned("Follow up", "2026-12-01T10:00:00Z"));
    let group = json!({ "resourceType": "RequestGroup", "id": "1", "authoredOn": "2026-01-01", "action": [{ "title": "Screen" }, { "title": "Refer" }] });
    assert_eq!(told(group), planned("Screen, Refer", "2026-01-01"));
    let device = json!({ "resourceType": "DeviceRequest", "id": "1", "codeCodeableConcept": { "text": "Cuff" }, "authoredOn": "2026-01-01" });
    assert_eq!(told(device), planned("Cuff", "2026-01-01"));
    let procedure = json!({ "resourceType": "Procedure", "id": "1", "code": { "text": "Dialysis" }, "performedPeriod": { "start": "2026-01-01" } });
    assert_eq!(told(procedure), performed("Dialysis", "2026-01-01"));
    let stay = json!({ "resourceType": "Encounter", "id": "1", "type": [{ "text": "Check up" }], "period": { "start": "2026-01-01" } });
    assert_eq!(told(stay), performed("Check up", "2026-01-01"));
    let shot = json!({ "resourceType": "Immunization", "id": "1", "vaccineCode": { "text": "Influenza" }, "occurrenceDateTime": "2026-10-01" });
    assert_eq!(told(shot), performed("Influenza", "2026-10-01"));
    let report = json!({ "resourceType": "DiagnosticReport", "id": "1", "code": { "text": "CT" }, "effectiveDateTime": "2026-01-01" });
    assert_eq!(told(report), performed("CT", "2026-01-01"));
    let form = json!({ "resourceType": "QuestionnaireResponse", "id": "1", "questionnaire": "http://x.example/Questionnaire/phq-9|1.0", "authored": "2026-01-01" });
    assert_eq!(told(form), performed("phq-9", "2026-01-01"));
}

#[test]
fn reasons_in_words_are_kept_also_where_the_reference_is_no_more_than_words() {
    let item = one(json!({ "resourceType": "ServiceRequest", "id": "1", "reasonCode": [{ "text": "Obesity" }],
        "contained": [{ "resourceType": "Condition", "id": "c", "code": { "text": "Gout" } }],
        "reasonReference": [{ "display": "Kidney disease" }, { "reference": "#c" }] }));
    assert_eq!(item.reasons, ["Gout", "Kidney disease", "Obesity"]);
}

#[test]
fn an_activity_that_only_the_plan_describes_is_an_intervention_of_its_own() {
    let plan = plan_of(&[json!({ "resourceType": "CarePlan", "id": "p", "title": "CKD", "activity": [
        { "detail": { "code": { "text": "Weigh daily" }, "status": "in-progress", "description": "Before breakfast",
            "scheduledTiming": { "repeat": { "frequency": 1, "period": 1, "periodUnit": "d" } } },
          "progress": [{ "text": "Scale bought", "time": "2026-01-01" }] },
        { "detail": { "code": { "text": "Weigh daily" }, "status": "in-progress" } },
        { "reference": { "display": "See the dietitian" } },
        { "outcomeCodeableConcept": [{ "text": "Understood" }] },
        {}] })]);
    assert_eq!(plan.interventions.len(), 4, "the empty activity says nothing");
    let ids: std::collections::BTreeSet<_> = plan.interventions.iter().map(|item| &item.item.id).collect();
    assert_eq!(ids.len(), 4);
    let first =
        plan.interventions.iter().find(|item| !item.notes.is_empty() && item.status.is_some()).expect("the first");
    assert_eq!((first.kind.as_str(), first.status.as_deref()), ("activity", Some("in-progress")));
    assert_eq!(first.detail.as_deref(), Some("once a day · Before breakfast"));
    assert_eq!(first.notes[0].text, "Scale bought");
    assert_eq!(first.item.members[0].key.kind, "CarePlan");
}

#[test]
fn progress_of_an_activity_is_noted_at_the_order_it_points_at() {
    let plan = plan_of(&[
        json!({ "resourceType": "ServiceRequest", "id": "s", "code": { "text": "Education" }, "note": [{ "text": "own", "time": "2026-01-01" }] }),
        json!({ "resourceType": "CarePlan", "id": "p", "activity": [{ "reference": { "reference": "ServiceRequest/s" },
            "progress": [{ "text": "First lesson", "time": "2026-02-01", "authorString": "Nurse" }] }] }),
    ]);
    assert_eq!(plan.interventions.len(), 1);
    let notes: Vec<&str> = plan.interventions[0].notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["First lesson", "own"]);
}

#[test]
fn an_order_without_words_is_called_what_the_plan_calls_it() {
    let plan = plan_of(&[
        json!({ "resourceType": "ServiceRequest", "id": "s" }),
        json!({ "resourceType": "CarePlan", "id": "p", "activity": [{ "reference": { "reference": "ServiceRequest/s", "display": "Diet lesson" } }] }),
    ]);
    assert_eq!(plan.interventions[0].item.title, "Diet lesson");
}

#[test]
fn a_document_is_an_intervention_only_where_a_plan_says_so() {
    let document = json!({ "resourceType": "DocumentReference", "id": "d", "type": { "text": "Advance care plan" } });
    let plan = json!({ "resourceType": "CarePlan", "id": "p", "activity": [{ "outcomeReference": [{ "reference": "DocumentReference/d" }] }] });
    assert_eq!(plan_of(std::slice::from_ref(&document)).aside.len(), 1);
    assert_eq!(plan_of(&[document, plan]).interventions[0].item.title, "Advance care plan");
}

#[test]
fn an_assessment_of_a_concern_is_nothing_done_for_it_and_says_so_where_it_is_set_aside() {
    let about = json!({ "reference": "Condition/c" });
    let resources = [
        json!({ "resourceType": "Condition", "id": "c", "code": { "text": "CKD" } }),
        json!({ "resourceType": "RiskAssessment", "id": "r", "status": "final", "condition": about }),
        json!({ "resourceType": "ClinicalImpression", "id": "i", "status": "completed", "problem": [about] }),
        json!({ "resourceType": "FamilyMemberHistory", "id": "f", "status": "completed" }),
    ];
    let plan = plan_of(&resources);
    assert_eq!((plan.concerns[0].item.members.len(), plan.interventions.len(), plan.links.len()), (1, 0, 0));
    let reasons: Vec<AsideReason> = plan.aside.iter().map(|aside| aside.because).collect();
    assert_eq!(reasons, [AsideReason::Assessment; 3]);
}

#[test]
fn a_copy_that_came_twice_is_one_item_with_its_newest_content() {
    let service = |version: &str, text: &str| json!({ "resourceType": "ServiceRequest", "id": "s", "meta": { "versionId": version }, "code": { "text": text } });
    let titles = |resources: &[Value]| {
        plan_of(resources).interventions.iter().map(|item| item.item.title.clone()).collect::<Vec<_>>()
    };
    assert_eq!(titles(&[service("9", "old"), service("10", "new")]), ["new"]);
    assert_eq!(titles(&[service("10", "new"), service("9", "old")]), ["new"]);
}

#[test]
fn an_appointment_names_who_is_met_and_where_and_never_the_patient() {
    let with = |participant: Value| {
        one(json!({ "resourceType": "Appointment", "id": "1", "description": "Follow up", "participant": participant }))
            .who
    };
    let patient = json!({ "actor": { "reference": "Patient/p", "display": "Marisol Vega" } });
    let clinic = json!({ "actor": { "reference": "Location/l", "display": "Kidney clinic" } });
    let doctor = json!({ "actor": { "reference": "Practitioner/d", "display": "Dr. Solberg" } });
    assert_eq!(with(json!([patient, clinic, doctor, doctor])).as_deref(), Some("Dr. Solberg, Kidney clinic"));
    assert_eq!(with(json!([patient])), None);
    assert_eq!(with(json!([patient, { "actor": { "display": "Interpreter" } }])).as_deref(), Some("Interpreter"));
}

#[test]
fn how_often_something_is_to_be_done_is_said_in_words_for_every_unit_of_time() {
    let told = |frequency: u32, period: u32, unit: &str| {
        let repeat = json!({ "frequency": frequency, "period": period, "periodUnit": unit });
        one(json!({ "resourceType": "ServiceRequest", "id": "1", "occurrenceTiming": { "repeat": repeat } })).detail
    };
    for (frequency, period, unit, words) in [
        (1, 30, "s", "every 30 seconds"),
        (1, 10, "min", "every 10 minutes"),
        (1, 1, "h", "once an hour"),
        (2, 1, "d", "twice a day"),
        (3, 1, "wk", "3 times a week"),
        (1, 3, "mo", "every 3 months"),
        (2, 5, "a", "twice every 5 years"),
    ] {
        assert_eq!(told(frequency, period, unit).as_deref(), Some(words));
    }
    let diet = json!({ "resourceType": "NutritionOrder", "id": "1",
        "oralDiet": { "type": [{ "text": "Renal" }], "instruction": "No bananas" } });
    assert_eq!(one(diet).detail.as_deref(), Some("No bananas"));
}

#[test]
fn a_value_that_a_plan_names_as_its_outcome_stays_an_outcome_and_is_nothing_done() {
    let plan = plan_of(&[
        json!({ "resourceType": "ServiceRequest", "id": "s", "code": { "text": "Weigh daily" } }),
        json!({ "resourceType": "Observation", "id": "w", "code": { "text": "Weight" }, "valueQuantity": { "value": 80, "unit": "kg" } }),
        json!({ "resourceType": "CarePlan", "id": "p", "activity": [
            { "reference": { "reference": "ServiceRequest/s" }, "outcomeReference": [{ "reference": "Observation/w" }] }] }),
    ]);
    let titles: Vec<&str> = plan.interventions.iter().map(|item| item.item.title.as_str()).collect();
    assert_eq!((titles, plan.outcomes.len()), (vec!["Weigh daily"], 1));
}

#[test]
fn who_did_it_is_named_wherever_the_type_keeps_it() {
    for (kind, field, by) in [
        ("Procedure", "performer", json!({ "actor": { "display": "Dr. Solberg" } })),
        ("Encounter", "participant", json!({ "individual": { "display": "Dr. Solberg" } })),
        ("DiagnosticReport", "performer", json!({ "display": "Dr. Solberg" })),
        ("DiagnosticReport", "performer", json!({ "reference": "Practitioner/d" })),
    ] {
        let doctor = json!({ "resourceType": "Practitioner", "id": "d", "name": [{ "text": "Dr. Solberg" }] });
        let done = plan_of(&[json!({ "resourceType": kind, "id": "1", field: [{}, by] }), doctor]);
        assert_eq!(done.interventions[0].who.as_deref(), Some("Dr. Solberg"), "{kind} {by}");
    }
}
