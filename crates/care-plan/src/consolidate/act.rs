//! One planned or performed activity as its resource tells it, whatever the type.

use fhir::codes::PERTAINS_TO_GOAL;
use fhir::{CodeableConcept, Extension, FhirDate, Period, Reference, Resource};

use super::codings::{label, words};
use super::records::{Found, Records};
use crate::plan::{Medication, Note, Phase};

/// What all types of activity have, read once.
pub(super) struct Act<'a> {
    pub(super) resource: &'a Resource,
    pub(super) phase: Phase,
    pub(super) title: Option<String>,
    /// What it is, by its codes.
    pub(super) code: CodeableConcept,
    pub(super) status: Option<String>,
    pub(super) intent: Option<String>,
    pub(super) when: Option<FhirDate>,
    /// When what is planned should be over.
    pub(super) until: Option<FhirDate>,
    pub(super) detail: Option<String>,
    pub(super) who: Option<String>,
    /// Reasons in words, from `reasonCode` and from references that are no more than words.
    pub(super) reasons: Vec<String>,
    /// What is taken, for a medication.
    pub(super) medication: Option<Medication>,
    /// References to other resources that make links, with the element they stand in.
    pub(super) refers: Refers,
    pub(super) notes: Vec<Note>,
}

/// The references of an activity that make links.
#[derive(Default)]
pub(super) struct Refers {
    /// `reasonReference`.
    pub(super) reasons: Vec<Reference>,
    /// `basedOn`.
    pub(super) based_on: Vec<Reference>,
    /// `DiagnosticReport.result`.
    pub(super) results: Vec<Reference>,
    /// `Task.focus`: what the task is to carry out.
    pub(super) focus: Option<Reference>,
    /// Goals, by the extension `resource-pertainsToGoal`.
    pub(super) goals: Vec<Reference>,
}

/// The goals that a resource names by `resource-pertainsToGoal` (mcc-digest section 3, rule 1).
pub(super) fn goals_of(extensions: &[Extension]) -> Vec<Reference> {
    let names_goal = |extension: &&Extension| extension.url.as_deref() == Some(PERTAINS_TO_GOAL);
    extensions.iter().filter(names_goal).filter_map(|extension| extension.value_reference.0.clone()).collect()
}

/// Reasons in words: the codes' labels, and what references say that lead to no resource of the record.
pub(super) fn reasons(
    records: &Records<'_>,
    resource: &Resource,
    codes: &[CodeableConcept],
    references: &[Reference],
) -> Vec<String> {
    let mut reasons: Vec<String> = codes.iter().filter_map(|code| label(Some(code))).collect();
    for reference in references {
        let said = match records.find(resource, reference) {
            Found::Resource(_) => None,
            Found::Contained(label) => label.or_else(|| words(reference.display.as_deref())),
            Found::Words | Found::Missing(_) => words(reference.display.as_deref()),
        };
        reasons.extend(said.filter(|said| !reasons.contains(said)));
    }
    reasons
}

/// When a period began, or where it only has an end, that.
pub(super) fn begin(period: Option<&Period>) -> Option<FhirDate> {
    period.and_then(|period| period.start.0.clone().or_else(|| period.end.0.clone()))
}

/// The first name among some references.
pub(super) fn first_name<'r>(
    records: &Records<'_>,
    resource: &Resource,
    references: impl IntoIterator<Item = &'r Reference>,
) -> Option<String> {
    references.into_iter().find_map(|reference| records.name(resource, reference))
}
