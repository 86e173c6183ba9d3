//! What has happened: encounters, procedures, immunizations, documents, and who vouches for a record.

use jiff::civil::Date;
use serde_json::json;

use super::Chart;
use super::draft::{Draft, to};
use crate::people::terms::{OFFICE_VISIT, Term};

impl Chart {
    /// A finished visit of one day.
    pub fn encounter(&self, key: &str, practitioner: &str, on: Date) -> Draft {
        let class = json!({ "system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB" });
        let day = self.place.moment(on);
        self.draft("Encounter", key)
            .with("status", "finished")
            .with("class", class)
            .with("type", json!([self.place.concept(OFFICE_VISIT)]))
            .with("subject", to("Patient/me"))
            .with("participant", json!([{ "individual": to(practitioner) }]))
            .with("period", json!({ "start": day, "end": day }))
    }

    /// A completed procedure.
    pub fn procedure(&self, key: &str, term: Term, performer: &str, on: Date) -> Draft {
        self.draft("Procedure", key)
            .with("status", "completed")
            .coded("code", term)
            .with("subject", to("Patient/me"))
            .with("performedDateTime", self.place.moment(on))
            .with("performer", json!([{ "actor": to(performer) }]))
    }

    /// A vaccine that was given.
    pub fn immunization(&self, key: &str, vaccine: Term, on: Date) -> Draft {
        self.draft("Immunization", key)
            .with("status", "completed")
            .coded("vaccineCode", vaccine)
            .with("patient", to("Patient/me"))
            .with("occurrenceDateTime", on.to_string())
            .with("primarySource", true)
    }

    /// A final report with its result observations.
    pub fn report(&self, key: &str, term: Term, on: Date, conclusion: &str, results: &[&str]) -> Draft {
        self.draft("DiagnosticReport", key)
            .with("status", "final")
            .coded("code", term)
            .with("subject", to("Patient/me"))
            .with("effectiveDateTime", self.place.moment(on))
            .with("result", results.iter().map(|result| to(result)).collect::<Vec<_>>())
            .with("conclusion", conclusion)
    }

    /// A document of plain text.
    pub fn document(&self, key: &str, term: Term, author: &str, on: Date, base64: &str) -> Draft {
        let category = json!([{ "coding": [{
            "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
            "code": "clinical-note",
        }] }]);
        self.draft("DocumentReference", key)
            .with("status", "current")
            .coded("type", term)
            .with("category", category)
            .with("subject", to("Patient/me"))
            .with("date", format!("{on}T17:05:00Z"))
            .with("author", json!([to(author)]))
            .with("content", json!([{ "attachment": { "contentType": "text/plain", "data": base64 } }]))
    }

    /// Who wrote a resource, and on whose behalf.
    pub fn provenance(&self, key: &str, target: &str, author: &str, organization: &str, on: Date) -> Draft {
        let kind = json!({ "coding": [{
            "system": "http://terminology.hl7.org/CodeSystem/provenance-participant-type", "code": "author",
        }] });
        self.draft("Provenance", key)
            .with("target", json!([to(target)]))
            .with("recorded", format!("{on}T17:05:00Z"))
            .with("agent", json!([{ "type": kind, "who": to(author), "onBehalfOf": to(organization) }]))
    }
}
