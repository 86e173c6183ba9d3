//! Conditions, health concerns and allergies.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::Chart;
use super::draft::{Draft, to};
use crate::people::terms::Term;

impl Chart {
    /// A confirmed, active condition of the problem list.
    pub fn condition(&self, key: &str, term: Term) -> Draft {
        self.draft("Condition", key)
            .with("clinicalStatus", clinical_status("active"))
            .with("verificationStatus", verification_status("confirmed"))
            .with("category", json!([condition_category("problem-list-item")]))
            .coded("code", term)
            .with("subject", to("Patient/me"))
    }

    /// A concern in the patient's own words, asserted by the patient.
    pub fn own_concern(&self, key: &str, words: &'static str, on: Date) -> Draft {
        let system = "http://hl7.org/fhir/us/core/CodeSystem/condition-category";
        self.draft("Condition", key)
            .with("clinicalStatus", clinical_status("active"))
            .with("verificationStatus", verification_status("unconfirmed"))
            .with("category", json!([{ "coding": [{ "system": system, "code": "health-concern" }] }]))
            .with("code", json!({ "text": words }))
            .with("subject", to("Patient/me"))
            .with("recordedDate", self.place.moment(on))
            .with("asserter", to("Patient/me"))
    }

    /// An active allergy.
    pub fn allergy(&self, key: &str, term: Term) -> Draft {
        let system = "http://terminology.hl7.org/CodeSystem";
        self.draft("AllergyIntolerance", key)
            .with("clinicalStatus", code_of(&format!("{system}/allergyintolerance-clinical"), "active"))
            .with("verificationStatus", code_of(&format!("{system}/allergyintolerance-verification"), "confirmed"))
            .coded("code", term)
            .with("patient", to("Patient/me"))
    }
}

impl Draft {
    /// Sets the clinical status of a condition.
    pub fn clinical(self, code: &str) -> Self {
        self.with("clinicalStatus", clinical_status(code))
    }

    /// Marks the condition as looked into and not present.
    pub fn refuted(self) -> Self {
        self.without("clinicalStatus").with("verificationStatus", verification_status("refuted"))
    }

    /// Marks the condition as never meant; such a condition has no clinical status (R4 condition, con-5).
    pub fn entered_in_error(self) -> Self {
        self.without("clinicalStatus").with("verificationStatus", verification_status("entered-in-error"))
    }

    /// Sets since when.
    pub fn since(self, date: Date) -> Self {
        let text = self.place.history(date);
        self.with("onsetDateTime", text)
    }

    /// Sets the end of a condition and its status.
    pub fn resolved(self, date: Date) -> Self {
        let text = self.place.history(date);
        self.clinical("resolved").with("abatementDateTime", text)
    }

    /// Sets who wrote it down, and when.
    pub fn recorded(self, by: &str, on: Date) -> Self {
        let date = self.place.moment(on);
        self.with("recordedDate", date).with("recorder", to(by))
    }

    /// Names the condition that this one comes from (extension `condition-dueTo`).
    pub fn due_to(self, condition: &str) -> Self {
        let url = "http://hl7.org/fhir/StructureDefinition/condition-dueTo";
        self.add("extension", json!({ "url": url, "valueReference": to(condition) }))
    }

    /// Points at what the concern rests on.
    pub fn evidence(self, reference: &str) -> Self {
        self.add("evidence", json!({ "detail": [to(reference)] }))
    }

    /// Adds what happened to the allergic person.
    pub fn reaction(self, manifestation: Term, severity: &str) -> Self {
        let concept = self.place.concept(manifestation);
        self.add("reaction", json!({ "manifestation": [concept], "severity": severity }))
    }
}

fn clinical_status(code: &str) -> Value {
    code_of("http://terminology.hl7.org/CodeSystem/condition-clinical", code)
}

fn verification_status(code: &str) -> Value {
    code_of("http://terminology.hl7.org/CodeSystem/condition-ver-status", code)
}

fn condition_category(code: &str) -> Value {
    code_of("http://terminology.hl7.org/CodeSystem/condition-category", code)
}

pub(super) fn code_of(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}
