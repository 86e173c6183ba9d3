//! MedicationRequest (ordered) and MedicationStatement (said to be taken), both part of what is under way.

use fhir::{CodeableConcept, Medication, MedicationRequest, MedicationStatement, Reference, Resource};

use super::act::{Act, Refers, begin, goals_of, reasons};
use super::codings::{label, words};
use super::records::{Found, Records};
use super::{dosage, ingredients, notes};
use crate::plan::Phase;

/// Reads an order.
pub(super) fn request<'a>(records: &Records<'_>, resource: &'a Resource) -> Act<'a> {
    let order: MedicationRequest = resource.read();
    let code = code(records, resource, order.medication_codeable_concept.as_ref(), order.medication_reference.as_ref());
    Act {
        resource,
        phase: Phase::Planned,
        title: followed_name(
            records,
            resource,
            order.medication_codeable_concept.as_ref(),
            order.medication_reference.as_ref(),
        ),
        medication: Some(taken(&code, &order.dosage_instruction)),
        code,
        status: order.status.0,
        intent: order.intent.0,
        when: order.authored_on.0,
        until: None,
        detail: dosage::line(&order.dosage_instruction),
        who: order.requester.as_ref().and_then(|who| records.name(resource, who)),
        reasons: reasons(records, resource, &order.reason_code, &order.reason_reference),
        notes: notes::of(records, resource, &order.note),
        refers: Refers { goals: goals_of(&order.extension), reasons: order.reason_reference.0, ..Refers::default() },
    }
}

/// Reads a statement.
pub(super) fn statement<'a>(records: &Records<'_>, resource: &'a Resource) -> Act<'a> {
    let said: MedicationStatement = resource.read();
    let code = code(records, resource, said.medication_codeable_concept.as_ref(), said.medication_reference.as_ref());
    Act {
        resource,
        phase: Phase::Planned,
        title: followed_name(
            records,
            resource,
            said.medication_codeable_concept.as_ref(),
            said.medication_reference.as_ref(),
        ),
        medication: Some(taken(&code, &said.dosage)),
        code,
        status: said.status.0,
        intent: None,
        when: (said.effective_date_time.0).or_else(|| begin(said.effective_period.as_ref())).or(said.date_asserted.0),
        until: said.effective_period.as_ref().and_then(|period| period.end.0.clone()),
        detail: dosage::line(&said.dosage),
        who: None,
        reasons: reasons(records, resource, &said.reason_code, &said.reason_reference),
        notes: notes::of(records, resource, &said.note),
        refers: Refers { goals: goals_of(&said.extension), reasons: said.reason_reference.0, ..Refers::default() },
    }
}

/// The codes of the medication: its own, else those of the resource that the reference leads to.
fn code(
    records: &Records<'_>,
    resource: &Resource,
    concept: Option<&CodeableConcept>,
    reference: Option<&Reference>,
) -> CodeableConcept {
    let referred = || match records.find(resource, reference?) {
        Found::Resource(found) => found.read::<Medication>().code.0,
        Found::Contained(_) | Found::Words | Found::Missing(_) => None,
    };
    concept.cloned().or_else(referred).unwrap_or_default()
}

fn taken(code: &CodeableConcept, dosages: &[fhir::Dosage]) -> crate::plan::Medication {
    crate::plan::Medication { dose: dosage::line(dosages), ..ingredients::of(code) }
}

/// The medication's name; a reference that leads nowhere is noted, for without it nobody knows what the order is for.
fn followed_name(
    records: &Records<'_>,
    resource: &Resource,
    concept: Option<&CodeableConcept>,
    reference: Option<&Reference>,
) -> Option<String> {
    if let Some(reference) = reference {
        records.follow(resource, &format!("{}.medicationReference", resource.kind()), reference);
    }
    name(records, resource, concept, reference)
}

/// The medication's name: its code, else what the reference leads to (contained, then same source), else its words.
pub(super) fn name(
    records: &Records<'_>,
    resource: &Resource,
    concept: Option<&CodeableConcept>,
    reference: Option<&Reference>,
) -> Option<String> {
    label(concept).or_else(|| {
        let reference = reference?;
        let found = match records.find(resource, reference) {
            Found::Contained(label) => label,
            Found::Resource(found) => label(found.read::<Medication>().code.as_ref()),
            Found::Words | Found::Missing(_) => None,
        };
        found.or_else(|| words(reference.display.as_deref()))
    })
}
