//! Condition: a health concern that was entered here, by the MCC profile.

use access::Role;
use fhir::codes::US_CORE_CONDITION_CATEGORY;
use serde_json::{Value, json};

use super::ResourceKind;
use super::concept::concept;
use super::element::Element;
use super::reference::{Bases, everywhere, subject};
use crate::concern::{Concern, ConcernStatus, Onset};

const PROFILE: &str = "http://hl7.org/fhir/us/mcc/StructureDefinition/MCCChronCondHealthConcern";
const ASSERTED: &str = "http://hl7.org/fhir/StructureDefinition/condition-assertedDate";
const CLINICAL: &str = "http://terminology.hl7.org/CodeSystem/condition-clinical";
const VERIFICATION: &str = "http://terminology.hl7.org/CodeSystem/condition-ver-status";

/// A concern of a person.
pub fn condition(concern: &Concern, bases: Bases<'_>) -> Value {
    let content = &concern.content;
    let meta = Element::new()
        .with("versionId", concern.version.to_string())
        .with("lastUpdated", concern.at.to_string())
        .with("profile", json!([PROFILE]));
    let category = json!([{ "coding": [
        { "system": US_CORE_CONDITION_CATEGORY, "code": "health-concern", "display": "Health Concern" }] }]);
    let note = content.note.as_ref().map(|text| json!({ "text": text }));
    let status = concern.status.code();
    let why = concern.status_reason.as_ref();
    let why = why.map(|why| json!({ "time": concern.at.to_string(), "text": format!("{status}: {why}") }));
    // con-5: what was entered in error has no clinical status.
    let clinical = (concern.status != ConcernStatus::EnteredInError).then(|| coded(CLINICAL, status));
    let (onset, since) = match &content.onset {
        None => ("onsetString", None),
        Some(Onset::Day(day)) => ("onsetDateTime", Some(day.to_string())),
        Some(Onset::Partial(date)) => ("onsetDateTime", Some(date.clone())),
        Some(Onset::Text(text)) => ("onsetString", Some(text.clone())),
    };
    let by = bases.who(&concern.entered_by, &concern.person);
    Element::resource(ResourceKind::Condition)
        .with("id", concern.id.to_string())
        .with("meta", meta.done())
        .with("extension", json!([{ "url": ASSERTED, "valueDateTime": concern.created.to_string() }]))
        .with("identifier", json!([everywhere(concern.id)]))
        .with_some("clinicalStatus", clinical)
        .with_some("verificationStatus", verification(concern).map(|code| coded(VERIFICATION, code)))
        .with("category", category)
        .with("code", concept(&content.description))
        .with("subject", subject(&concern.person))
        .with_some(onset, since)
        .with("recordedDate", concern.created.to_string())
        .with("recorder", by.clone())
        .with("asserter", by)
        .with_list("note", note.into_iter().chain(why).collect())
        .done()
}

/// What people say of themselves is said and not confirmed; whether a clinician's word is, is not known here.
fn verification(concern: &Concern) -> Option<&'static str> {
    match (concern.status, concern.entered_by.role) {
        (ConcernStatus::EnteredInError, _) => Some("entered-in-error"),
        (_, Some(Role::Patient | Role::Carer)) => Some("unconfirmed"),
        _ => None,
    }
}

fn coded(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}
