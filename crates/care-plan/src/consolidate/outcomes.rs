//! Outcomes: Observations joined into one series for each measure and unit, over all sources.

use std::collections::{BTreeMap, BTreeSet};

use fhir::{CodeableConcept, FhirDate, Observation, Reference, Resource};

use super::codings::{Code, label, principal, words};
use super::records::{Found, Records};
use super::values::{self, Scale};
use super::{act, apart, clusters, item_id, spelling};
use crate::plan::{Evidence, Item, ItemId, Member, Outcome, Reading, Value};

/// An Observation that was read.
pub(super) struct Observed<'a> {
    pub(super) resource: &'a Resource,
    pub(super) view: Observation,
    pub(super) code: Option<Code>,
    pub(super) value: Value,
    pub(super) scale: Scale,
}

/// A series with what tells it from others of the same measure.
pub(super) struct Series {
    /// The codes that a target may name to mean this series.
    pub(super) codes: Vec<Code>,
    pub(super) scale: Scale,
    /// The unit as its readings show it.
    pub(super) unit: String,
    pub(super) outcome: Outcome,
}

impl Series {
    /// The code of the measure; where that is shared with other measures, those that tell it apart.
    fn codes_of((code, apart): &Measure) -> Vec<Code> {
        if apart.is_empty() { vec![code.clone()] } else { apart.clone() }
    }
}

/// Reads all Observations, sorted by key.
pub(super) fn read<'a>(records: &Records<'a>) -> Vec<Observed<'a>> {
    let read = |resource: &'a Resource| {
        let view: Observation = resource.read();
        let members = || view.has_member.iter().filter_map(|member| member_label(records, resource, member)).collect();
        let found = values::read(&view, members);
        let code = view.code.as_ref().and_then(principal);
        Observed { resource, view, code, value: found.value, scale: found.scale }
    };
    records.of_kind("Observation").map(read).collect()
}

fn member_label(records: &Records<'_>, resource: &Resource, member: &Reference) -> Option<String> {
    let of = |found: &Resource| label(found.read::<Observation>().code.as_ref());
    match records.find(resource, member) {
        Found::Resource(found) => of(found),
        Found::Contained(label) => label,
        Found::Words | Found::Missing(_) => words(member.display.as_deref()),
    }
}

/// What makes a measure: its code, and what tells it from others that share the code.
type Measure = (Code, Vec<Code>);

/// Joins the readings of each measure; those of different units stay apart, for they cannot be drawn on one scale.
pub(super) fn consolidate(observations: &[Observed<'_>]) -> Vec<Series> {
    let mut measures: BTreeMap<Measure, BTreeMap<Scale, Vec<usize>>> = BTreeMap::new();
    let mut series = Vec::new();
    let told = apart::tell(&observations.iter().map(named).collect::<Vec<_>>());
    for ((at, observed), apart) in observations.iter().enumerate().zip(told) {
        match observed.code.clone() {
            Some(code) => {
                measures.entry((code, apart)).or_default().entry(observed.scale.clone()).or_default().push(at)
            }
            // Words alone never join, so an Observation without a code stands alone.
            None => series.push(one(observations, None, &observed.scale, &[at], false)),
        }
    }
    for (measure, mut scales) in measures {
        // Words and absent values of a measure that has one scale belong to its series: "not taken" between two numbers.
        if scales.len() == 2
            && let Some(words) = scales.remove(&Scale::Words)
        {
            scales.values_mut().for_each(|members| members.extend(&words));
        }
        let several = scales.len() > 1;
        for (scale, mut members) in scales {
            members.sort_unstable();
            series.push(one(observations, Some(&measure), &scale, &members, several));
        }
    }
    series
}

fn named<'o>(observed: &'o Observed<'_>) -> Option<apart::Named<'o>> {
    let (principal, concept) = (observed.code.as_ref()?, observed.view.code.as_ref()?);
    Some(apart::Named { source: &observed.resource.key().source, principal, concept })
}

/// Makes one series of the Observations at these positions.
fn one(
    observations: &[Observed<'_>],
    measure: Option<&Measure>,
    scale: &Scale,
    members: &[usize],
    several: bool,
) -> Series {
    let all = || members.iter().map(|at| &observations[*at]);
    let first = &observations[members[0]];
    let concept = concept(all());
    let mut readings: Vec<Reading> = all().map(reading).collect();
    readings.sort_by_cached_key(|reading| (reading.when.as_ref().map(FhirDate::sort_key), reading.key.clone()));
    let unit = spelling::join(&mut readings);
    let mut title = label(Some(&concept)).unwrap_or_else(|| "Unnamed measure".to_owned());
    if several && !unit.is_empty() {
        title = format!("{title} ({unit})");
    }
    let because = if members.len() == 1 { Vec::new() } else { vec![Evidence::SameMeasure] };
    let member = |observed: &Observed<'_>| {
        clusters::member(clusters::Entry::whole(observed.resource), observed.view.status.as_deref())
    };
    let members: Vec<Member> = all().map(member).collect();
    let confidentiality = clusters::highest(&members);
    Series {
        codes: measure.map(Series::codes_of).unwrap_or_default(),
        scale: scale.clone(),
        unit,
        outcome: Outcome {
            item: Item { id: id(measure, scale, first.resource), title, members, because, confidentiality },
            code: concept,
            readings,
            targets: Vec::new(),
            patient_reported: all().any(|observed| observed.view.performer.iter().any(is_patient_or_carer)),
        },
    }
}

/// The id of a series: what it measures and in what, so that it stays the same when more readings come.
fn id(measure: Option<&Measure>, scale: &Scale, first: &Resource) -> ItemId {
    let Some((code, apart)) = measure else { return item_id::of_key('o', first.key()) };
    let codes = std::iter::once(code).chain(apart).flat_map(|(system, code)| [system.as_str(), code.as_str()]);
    let of_scale = match scale {
        Scale::Pair(unit) => ["pair", unit],
        Scale::Unit(unit) => ["unit", unit],
        Scale::Words => ["words", ""],
    };
    item_id::item_id('o', &codes.chain(of_scale).collect::<Vec<_>>())
}

/// The concept whose label most readings use; of several the one first in the alphabet.
fn concept<'o>(members: impl Iterator<Item = &'o Observed<'o>>) -> CodeableConcept {
    let mut labels: BTreeMap<&str, (usize, &CodeableConcept)> = BTreeMap::new();
    for concept in members.filter_map(|observed| observed.view.code.as_ref()) {
        let Some(label) = concept.label() else { continue };
        labels.entry(label).or_insert((0, concept)).0 += 1;
    }
    let most = labels.values().map(|(count, _)| *count).max();
    let chosen = labels.into_values().find(|(count, _)| Some(*count) == most);
    chosen.map(|(_, concept)| concept.clone()).unwrap_or_default()
}

fn reading(observed: &Observed<'_>) -> Reading {
    let view = &observed.view;
    let taken = view.effective_date_time.0.clone().or_else(|| view.effective_instant.0.clone());
    let interpretations: BTreeSet<String> =
        view.interpretation.iter().filter_map(|interpretation| label(Some(interpretation))).collect();
    let interpretations: Vec<String> = interpretations.into_iter().collect();
    Reading {
        key: observed.resource.key().clone(),
        when: taken.or_else(|| act::begin(view.effective_period.as_ref())).or_else(|| view.issued.0.clone()),
        value: observed.value.clone(),
        status: view.status.0.clone(),
        interpretation: (!interpretations.is_empty()).then(|| interpretations.join(", ")),
    }
}

/// True for a reference to the patient or to someone who cares for them.
pub(super) fn is_patient_or_carer(reference: &Reference) -> bool {
    let kind = match reference.target() {
        Some(fhir::Target::Relative { kind, .. } | fhir::Target::Absolute { kind, .. }) => Some(kind),
        _ => reference.kind.0.clone(),
    };
    matches!(kind.as_deref(), Some("Patient" | "RelatedPerson"))
}
