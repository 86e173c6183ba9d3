//! Outcomes: Observations joined into one series for each measure, over all sources.
//!
//! A measure is what the crosswalk ([`crate::measures`]) or the code says. Its readings are one series where their values
//! convert into each other; the others stay apart, for they cannot be drawn on one axis. Nothing here looks at the source,
//! so a record that is split over several servers gives the same series.

mod axis;
mod duplicates;
mod entry;
mod pairs;
mod series;

use std::collections::BTreeMap;

use fhir::{FhirDate, Maybe, Observation, Reference, Resource};
use serde::Deserialize;

use super::codings::{Code, label, principal, words};
use super::records::{Found, Records};
use super::values::{self, Scale, Units};
use super::{act, apart};
use crate::measures::{self, Measure, Sibling};
use crate::plan::Value;
use crate::units::Unit;
pub(super) use duplicates::is_midnight;
use entry::Entry;
pub(super) use series::{Key, Series};

/// An Observation that was read.
pub(super) struct Observed<'a> {
    pub(super) resource: &'a Resource,
    pub(super) view: Observation,
    pub(super) code: Option<Code>,
    pub(super) measure: Option<(&'static Measure, &'static Sibling)>,
    pub(super) value: Value,
    pub(super) scale: Scale,
    pub(super) unit: Unit,
}

impl Observed<'_> {
    /// When it was taken.
    fn when(&self) -> Option<FhirDate> {
        let view = &self.view;
        let taken = view.effective_date_time.0.clone().or_else(|| view.effective_instant.0.clone());
        taken.or_else(|| act::begin(view.effective_period.as_ref())).or_else(|| view.issued.0.clone())
    }

    /// False where its source took it back or never made it.
    fn stands(&self) -> bool {
        !matches!(self.view.status.as_deref(), Some("entered-in-error" | "cancelled"))
    }
}

/// When an Observation was taken as it is written: a parsed instant no longer tells whether it was midnight there.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Written {
    effective_date_time: Maybe<String>,
    effective_instant: Maybe<String>,
}

/// The instant of an Observation, in nanoseconds; `None` for a day, a time without a zone, a period and midnight.
fn instant(observed: &Observed<'_>) -> Option<i128> {
    let taken = observed.view.effective_date_time.as_ref().or(observed.view.effective_instant.as_ref())?;
    let instant = duplicates::nanoseconds(taken)?;
    // Only whole minutes can be midnight in some zone, and few are asked for twice.
    if instant % 900_000_000_000 == 0 {
        let written: Written = observed.resource.read();
        let text = written.effective_date_time.0.or(written.effective_instant.0)?;
        return (!is_midnight(text.trim())).then_some(instant);
    }
    Some(instant)
}

/// Reads all Observations, sorted by key.
pub(super) fn read<'a>(records: &Records<'a>) -> Vec<Observed<'a>> {
    let units = Units::default();
    let read = |resource: &'a Resource| {
        let view: Observation = resource.read();
        let members = || view.has_member.iter().filter_map(|member| member_label(records, resource, member)).collect();
        let measure = view.code.as_ref().and_then(measures::of);
        let found = values::read(&units, &view, measure.map(|(measure, _)| measure), members);
        let code = view.code.as_ref().and_then(principal);
        Observed { resource, view, code, measure, value: found.value, scale: found.scale, unit: found.unit }
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

/// Joins the readings of each measure; those whose values do not convert into each other stay apart.
pub(super) fn consolidate(observations: &[Observed<'_>]) -> Vec<Series> {
    let told = apart::tell(&observations.iter().map(named).collect::<Vec<_>>());
    let single: Vec<Entry> = observations.iter().enumerate().map(|(at, observed)| Entry::of(at, observed)).collect();
    let repeats = duplicates::find(observations, &told, &single);
    let entries = pairs::join(observations, single, &repeats);
    let repeats = duplicates::find(observations, &told, &entries);
    let mut keys: BTreeMap<Key, BTreeMap<(Scale, String), Vec<usize>>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        let observed = &observations[entry.at];
        let key = match (entry.measure, &observed.code) {
            (Some((measure, _)), _) => Key::Measure(measure.name),
            (None, Some(code)) => Key::Code(code.clone(), told[entry.at].clone()),
            // Words alone never join, so an Observation without a code stands alone.
            (None, None) => Key::Alone(entry.at),
        };
        keys.entry(key).or_default().entry((entry.scale, family(entry))).or_default().push(place);
    }
    let mut all = Vec::new();
    for (key, mut scales) in keys {
        // Words and absent values of a measure that has one scale belong to its series: "not taken" between two numbers.
        let words = (Scale::Words, String::new());
        if scales.len() == 2
            && let Some(absent) = scales.remove(&words)
        {
            scales.values_mut().for_each(|members| members.extend(&absent));
        }
        let several = scales.len() > 1;
        for ((scale, family), mut members) in scales {
            members.sort_unstable();
            let readings = series::Readings { observations, entries: &entries, repeats: &repeats, members: &members };
            all.push(readings.series(&key, scale, &family, several));
        }
    }
    all
}

fn family(entry: &Entry) -> String {
    if entry.scale == Scale::Words { String::new() } else { entry.family() }
}

/// What tells an Observation from others of its code. One of a measure of the crosswalk is told by that.
fn named<'o>(observed: &'o Observed<'_>) -> Option<apart::Named<'o>> {
    if observed.measure.is_some() {
        return None;
    }
    let (principal, concept) = (observed.code.as_ref()?, observed.view.code.as_ref()?);
    Some(apart::Named { principal, concept })
}

/// True for a reference to the patient or to someone who cares for them.
pub(super) fn is_patient_or_carer(reference: &Reference) -> bool {
    let kind = match reference.target() {
        Some(fhir::Target::Relative { kind, .. } | fhir::Target::Absolute { kind, .. }) => Some(kind),
        _ => reference.kind.0.clone(),
    };
    matches!(kind.as_deref(), Some("Patient" | "RelatedPerson"))
}
