//! Prescriptions with dosage.

use jiff::civil::Date;
use serde_json::json;

use super::Chart;
use super::draft::{Draft, to};
use super::quantities::number;
use crate::people::terms::Term;

impl Chart {
    /// An active prescription.
    pub fn medication_request(&self, key: &str, drug: Term, requester: &str, authored: Date) -> Draft {
        self.draft("MedicationRequest", key)
            .with("status", "active")
            .with("intent", "order")
            .coded("medicationCodeableConcept", drug)
            .with("subject", to("Patient/me"))
            .with("authoredOn", self.place.moment(authored))
            .with("requester", to(requester))
    }

    /// What the person says to take, as noted by `informant`.
    pub fn medication_statement(&self, key: &str, drug: Term, informant: &str, asserted: Date) -> Draft {
        self.draft("MedicationStatement", key)
            .with("status", "active")
            .coded("medicationCodeableConcept", drug)
            .with("subject", to("Patient/me"))
            .with("dateAsserted", self.place.history(asserted))
            .with("informationSource", to(informant))
    }
}

impl Draft {
    /// Adds the dosage: words, how often a day, and how many milligrams each time.
    pub fn dose(self, words: &str, times_a_day: u32, milligrams: &str) -> Self {
        let dosage = json!({
            "text": words,
            "timing": { "repeat": { "frequency": times_a_day, "period": 1, "periodUnit": "d" } },
            "doseAndRate": [{ "doseQuantity": {
                "value": number(milligrams), "unit": "mg", "system": "http://unitsofmeasure.org", "code": "mg",
            } }],
        });
        self.add("dosageInstruction", dosage)
    }

    /// Adds a dosage in words only.
    pub fn dose_in_words(self, words: &str) -> Self {
        self.add("dosageInstruction", json!({ "text": words }))
    }

    /// Says that the prescription was stopped, and why.
    pub fn stopped(self, reason: &str) -> Self {
        self.with("status", "stopped").with("statusReason", json!({ "text": reason }))
    }
}
