//! What was done: Procedure, Encounter, Immunization, MedicationAdministration, DiagnosticReport, Communication,
//! QuestionnaireResponse, and whatever else a plan names as performed.

use fhir::{FhirDate, Performed, PerformedBy, Reference, Resource};

use super::act::{Act, Refers, begin, first_name, goals_of, reasons};
use super::codings::{label, words};
use super::records::Records;
use super::{dosage, medications, notes, requests};
use crate::plan::Phase;

/// The types read here.
pub(super) const KINDS: [&str; 7] = [
    "Communication",
    "DiagnosticReport",
    "Encounter",
    "Immunization",
    "MedicationAdministration",
    "Procedure",
    "QuestionnaireResponse",
];

/// Reads one performed activity.
pub(super) fn read<'a>(records: &Records<'_>, resource: &'a Resource) -> Act<'a> {
    let done: Performed = resource.read();
    let by: Vec<Reference> = done.performer.iter().chain(&done.participant).filter_map(reference).collect();
    let dose = done.dosage.as_ref().and_then(|dosage| dosage::line(std::slice::from_ref(dosage)));
    Act {
        resource,
        phase: Phase::Performed,
        title: title(records, resource, &done),
        code: done.code.0.clone().or_else(|| done.vaccine_code.0.clone()).unwrap_or_default(),
        status: done.status.0.clone(),
        intent: None,
        when: when(&done),
        until: None,
        medication: None,
        detail: dose.or_else(|| label(done.outcome.as_ref())).or_else(|| words(done.performed_string.as_deref())),
        who: first_name(records, resource, by.iter().chain(done.sender.iter()).chain(&done.author)),
        reasons: reasons(records, resource, &done.reason_code, &done.reason_reference),
        notes: notes::of(records, resource, &done.note),
        refers: Refers {
            goals: goals_of(&done.extension),
            reasons: done.reason_reference.0,
            based_on: done.based_on.0,
            results: done.result.0,
            focus: None,
        },
    }
}

/// An element with an `actor`, or one that is a Reference itself.
fn reference(by: &PerformedBy) -> Option<Reference> {
    let itself = || {
        let said = by.reference.is_some() || by.display.is_some();
        said.then(|| Reference { reference: by.reference.clone(), display: by.display.clone(), ..Reference::default() })
    };
    by.actor.0.clone().or_else(|| by.individual.0.clone()).or_else(itself)
}

fn title(records: &Records<'_>, resource: &Resource, done: &Performed) -> Option<String> {
    let medication = || {
        medications::name(
            records,
            resource,
            done.medication_codeable_concept.as_ref(),
            done.medication_reference.as_ref(),
        )
    };
    let class = || {
        let class = done.class.as_ref()?;
        words(class.display.as_deref()).or_else(|| words(class.code.as_deref()))
    };
    (label(done.code.as_ref()).or_else(|| label(done.vaccine_code.as_ref())))
        .or_else(|| done.kind.iter().find_map(|kind| label(Some(kind))))
        .or_else(medication)
        .or_else(|| words(done.description.as_deref()))
        .or_else(|| done.payload.iter().find_map(requests::content))
        .or_else(|| done.questionnaire.as_deref().and_then(questionnaire))
        .or_else(|| done.category.iter().find_map(|category| label(Some(category))))
        .or_else(class)
}

/// The last part of a questionnaire's address, without its version: the only words there are about it here.
fn questionnaire(canonical: &str) -> Option<String> {
    let address = canonical.split('|').next().unwrap_or_default();
    words(address.rsplit('/').next())
}

fn when(done: &Performed) -> Option<FhirDate> {
    let dates = [&done.performed_date_time, &done.occurrence_date_time, &done.effective_date_time];
    let periods = [&done.performed_period, &done.period, &done.effective_period];
    let recorded = [&done.authored, &done.sent, &done.date, &done.issued];
    (dates.into_iter().find_map(|date| date.0.clone()))
        .or_else(|| periods.into_iter().find_map(|period| begin(period.as_ref())))
        .or_else(|| recorded.into_iter().find_map(|date| date.0.clone()))
}
