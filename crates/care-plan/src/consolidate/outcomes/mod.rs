//! Outcomes: Observations joined into one series for each measure, over all sources.
//!
//! A measure is what the crosswalk ([`crate::measures`]) or the code says. Its readings are one series where their values
//! convert into each other; the others stay apart, for they cannot be drawn on one axis. Nothing here looks at the source,
//! so a record that is split over several servers gives the same series.

mod axis;
mod duplicates;
mod entry;
mod observed;
mod pairs;
mod series;

use std::collections::BTreeMap;

use fhir::Reference;

use super::apart;
use super::values::Scale;
pub(super) use duplicates::is_midnight;
use entry::Entry;
pub(super) use observed::{Observed, read};
use series::Named;
pub(super) use series::{Key, Series};

/// Joins the readings of each measure; those whose values do not convert into each other stay apart.
pub(super) fn consolidate(observations: &[Observed<'_>]) -> Vec<Series> {
    let told = apart::tell(&observations.iter().map(named).collect::<Vec<_>>());
    let single: Vec<Entry<'_>> =
        observations.iter().enumerate().map(|(at, observed)| Entry::of(at, observed)).collect();
    let repeats = duplicates::find(observations, &told, &single);
    let entries = pairs::join(observations, single, &repeats);
    // Where no two became one, all is as it was.
    let several = entries.len() < observations.len();
    let repeats = if several { duplicates::find(observations, &told, &entries) } else { repeats };
    let mut keys: BTreeMap<Named<'_>, BTreeMap<(Scale, String), Vec<usize>>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate() {
        let observed = &observations[entry.at];
        let key = match (entry.measure, &observed.code) {
            (Some((measure, _)), _) => Named::Measure(measure.name),
            (None, Some(code)) => Named::Code(code, &told[entry.at]),
            // Words alone never join, so an Observation without a code stands alone.
            (None, None) => Named::Alone(entry.at),
        };
        keys.entry(key).or_default().entry((entry.scale, family(entry))).or_default().push(place);
    }
    let mut all = Vec::new();
    for (named, mut scales) in keys {
        let key = named.key();
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

fn family(entry: &Entry<'_>) -> String {
    if entry.scale == Scale::Words { String::new() } else { entry.family() }
}

/// What tells an Observation from others of its code. One of a measure of the crosswalk is told by that.
fn named<'o>(observed: &'o Observed<'_>) -> Option<apart::Named<'o>> {
    if observed.measure.is_some() {
        return None;
    }
    let (principal, concept) = (observed.code.as_ref()?, observed.concept.as_ref()?);
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
