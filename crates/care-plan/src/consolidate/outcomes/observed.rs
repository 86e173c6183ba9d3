//! Observations as they are read: what series, links and concerns need of them, and no more.
//!
//! They are the many of a long record. A view of a whole Observation has every value it may have, mostly empty; kept for
//! each reading, those views would fill memory that every later step walks through.

use std::collections::BTreeSet;

use fhir::{CodeableConcept, FhirDate, Maybe, Observation, Reference, Resource};
use serde::Deserialize;

use super::duplicates::{is_midnight, nanoseconds};
use crate::consolidate::act::{self, goals_of};
use crate::consolidate::codings::{Code, label, principal, words};
use crate::consolidate::records::{Found, Records};
use crate::consolidate::values::{self, Scale, Units};
use crate::measures::{self, Measure, Sibling};
use crate::plan::Value;
use crate::units::Unit;

/// An Observation that was read.
pub(in crate::consolidate) struct Observed<'a> {
    pub(in crate::consolidate) resource: &'a Resource,
    pub(in crate::consolidate) status: Option<String>,
    pub(in crate::consolidate) concept: Option<CodeableConcept>,
    /// The code that its series goes by.
    pub(super) code: Option<Code>,
    pub(super) measure: Option<(&'static Measure, &'static Sibling)>,
    pub(in crate::consolidate) value: Value,
    pub(in crate::consolidate) scale: Scale,
    pub(super) unit: Unit,
    /// When it was taken.
    pub(super) when: Option<FhirDate>,
    /// The instant, in nanoseconds; `None` for a day, a time without a zone, a period and midnight.
    pub(super) instant: Option<i128>,
    pub(super) performer: Vec<Reference>,
    pub(super) body_site: Option<CodeableConcept>,
    pub(super) method: Option<CodeableConcept>,
    /// In words.
    pub(super) interpretation: Option<String>,
    pub(in crate::consolidate) based_on: Vec<Reference>,
    pub(in crate::consolidate) focus: Vec<Reference>,
    /// Goals that it names by extension.
    pub(in crate::consolidate) goals: Vec<Reference>,
}

impl Observed<'_> {
    /// False where its source took it back or never made it.
    pub(super) fn stands(&self) -> bool {
        !matches!(self.status.as_deref(), Some("entered-in-error" | "cancelled"))
    }
}

/// Reads all Observations, sorted by key.
pub(in crate::consolidate) fn read<'a>(records: &Records<'a>) -> Vec<Observed<'a>> {
    let units = Units::default();
    records.of_kind("Observation").map(|resource| observed(records, &units, resource)).collect()
}

fn observed<'a>(records: &Records<'a>, units: &Units, resource: &'a Resource) -> Observed<'a> {
    let view: Observation = resource.read();
    let members = || view.has_member.iter().filter_map(|member| member_label(records, resource, member)).collect();
    let measure = view.code.as_ref().and_then(measures::of);
    let found = values::read(units, &view, measure.map(|(measure, _)| measure), members);
    Observed {
        resource,
        code: view.code.as_ref().and_then(principal),
        measure,
        value: found.value,
        scale: found.scale,
        unit: found.unit,
        when: when(&view),
        instant: instant(resource, &view),
        interpretation: interpretation(&view),
        goals: goals_of(&view.extension),
        status: view.status.0,
        concept: view.code.0,
        performer: view.performer.0,
        body_site: view.body_site.0,
        method: view.method.0,
        based_on: view.based_on.0,
        focus: view.focus.0,
    }
}

fn when(view: &Observation) -> Option<FhirDate> {
    let taken = view.effective_date_time.0.clone().or_else(|| view.effective_instant.0.clone());
    taken.or_else(|| act::begin(view.effective_period.as_ref())).or_else(|| view.issued.0.clone())
}

/// When an Observation was taken as it is written: a parsed instant no longer tells whether it was midnight there.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Written {
    effective_date_time: Maybe<String>,
    effective_instant: Maybe<String>,
}

fn instant(resource: &Resource, view: &Observation) -> Option<i128> {
    let taken = view.effective_date_time.as_ref().or(view.effective_instant.as_ref())?;
    let instant = nanoseconds(taken)?;
    // Only whole quarters of an hour can be midnight in some zone.
    if instant % 900_000_000_000 == 0 {
        let written: Written = resource.read();
        let text = written.effective_date_time.0.or(written.effective_instant.0)?;
        return (!is_midnight(text.trim())).then_some(instant);
    }
    Some(instant)
}

fn interpretation(view: &Observation) -> Option<String> {
    let said: BTreeSet<String> = view.interpretation.iter().filter_map(|said| label(Some(said))).collect();
    (!said.is_empty()).then(|| said.into_iter().collect::<Vec<_>>().join(", "))
}

fn member_label(records: &Records<'_>, resource: &Resource, member: &Reference) -> Option<String> {
    let of = |found: &Resource| label(found.read::<Observation>().code.as_ref());
    match records.find(resource, member) {
        Found::Resource(found) => of(found),
        Found::Contained(label) => label,
        Found::Words | Found::Missing(_) => words(member.display.as_deref()),
    }
}
