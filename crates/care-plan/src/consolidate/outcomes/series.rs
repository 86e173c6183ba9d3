//! One series of readings, made of its entries.

use std::collections::BTreeMap;

use fhir::{CodeableConcept, FhirDate};

use super::axis::Axis;
use super::entry::Entry;
use super::is_patient_or_carer;
use super::observed::Observed;
use crate::consolidate::codings::{Code, label};
use crate::consolidate::values::Scale;
use crate::consolidate::{clusters, item_id, spelling};
use crate::plan::{Evidence, Item, ItemId, Member, Outcome, Reading};

/// What makes a measure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::consolidate) enum Key {
    /// One of the crosswalk.
    Measure(&'static str),
    /// A code, and what tells it from others that share the code.
    Code(Code, Vec<Code>),
    /// An Observation without a code, by its position.
    Alone(usize),
}

/// The same, as the Observations themselves have it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named<'o> {
    Measure(&'static str),
    Code(&'o Code, &'o [Code]),
    Alone(usize),
}

impl Named<'_> {
    /// The key of the series.
    pub(super) fn key(&self) -> Key {
        match self {
            Self::Measure(name) => Key::Measure(name),
            Self::Code(code, apart) => Key::Code((*code).clone(), apart.to_vec()),
            Self::Alone(at) => Key::Alone(*at),
        }
    }
}

impl Key {
    /// The codes that a target may name to mean it: the code, or where that is shared those that tell it apart.
    pub(in crate::consolidate) fn codes(&self) -> &[Code] {
        match self {
            Self::Code(code, apart) if apart.is_empty() => std::slice::from_ref(code),
            Self::Code(_, apart) => apart,
            Self::Measure(_) | Self::Alone(_) => &[],
        }
    }
}

/// A series with what tells it from others of the same measure.
pub(in crate::consolidate) struct Series {
    pub(in crate::consolidate) key: Key,
    pub(in crate::consolidate) scale: Scale,
    /// The unit of its axis.
    pub(in crate::consolidate) axis: Axis,
    pub(in crate::consolidate) outcome: Outcome,
}

/// The entries of a series.
pub(super) struct Readings<'r, 'a> {
    pub(super) observations: &'r [Observed<'a>],
    pub(super) entries: &'r [Entry<'r>],
    /// For each entry the one that it repeats.
    pub(super) repeats: &'r [Option<usize>],
    /// Positions of its entries, in order; never empty.
    pub(super) members: &'r [usize],
}

impl Readings<'_, '_> {
    /// Makes the series. `several` says that the measure has others, of other units.
    pub(super) fn series(&self, key: &Key, scale: Scale, family: &str, several: bool) -> Series {
        let concept = concept(self.observed());
        let mut axis =
            Axis::of(self.members.iter().filter(|at| self.repeats[**at].is_none()).map(|at| &self.entries[*at]));
        let mut readings: Vec<Reading> = self.members.iter().map(|at| self.reading(*at, &axis)).collect();
        // They come in the order of their keys, and those of one time stay so.
        readings.sort_by_cached_key(|reading| reading.when.as_ref().map(FhirDate::sort_key));
        let unit = spelling::join(&mut readings, &axis.unit);
        axis.spelled.clone_from(&unit);
        let mut title = label(Some(&concept)).unwrap_or_else(|| "Unnamed measure".to_owned());
        if several && !unit.is_empty() {
            title = format!("{title} ({unit})");
        }
        let mut positions: Vec<usize> = self.positions().collect();
        positions.sort_unstable();
        let members: Vec<Member> = positions.into_iter().map(|at| member(&self.observations[at])).collect();
        let because = if members.len() == 1 { Vec::new() } else { vec![Evidence::SameMeasure] };
        let confidentiality = clusters::highest(&members);
        let measure = if let Key::Measure(name) = key { Some((*name).to_owned()) } else { None };
        let id = self.id(key, scale, family);
        Series {
            key: key.clone(),
            scale,
            axis,
            outcome: Outcome {
                item: Item { id, title, members, because, confidentiality },
                measure,
                code: concept,
                unit,
                readings,
                targets: Vec::new(),
                patient_reported: self.observed().any(|observed| observed.performer.iter().any(is_patient_or_carer)),
            },
        }
    }

    /// The Observations of the series, both halves of a pair among them.
    fn observed(&self) -> impl Iterator<Item = &Observed<'_>> {
        self.positions().map(|at| &self.observations[at])
    }

    /// Their positions; Observations are sorted by key.
    fn positions(&self) -> impl Iterator<Item = usize> {
        let of = |at: &usize| [Some(self.entries[*at].at), self.entries[*at].with].into_iter().flatten();
        self.members.iter().flat_map(of)
    }

    fn reading(&self, place: usize, axis: &Axis) -> Reading {
        let entry = &self.entries[place];
        let observed = &self.observations[entry.at];
        let key = |at: usize| self.observations[at].resource.key().clone();
        let method = || entry.measure.and_then(|(_, sibling)| sibling?.method).map(str::to_owned);
        Reading {
            key: key(entry.at),
            with: entry.with.map(key),
            when: observed.when.clone(),
            value: entry.value.clone().into_owned(),
            converted: axis.convert(entry),
            method: label(observed.method.as_ref()).or_else(method),
            duplicate_of: entry.repeats.or_else(|| self.repeats[place].map(|at| self.entries[at].at)).map(key),
            status: observed.status.clone(),
            interpretation: observed.interpretation.clone(),
        }
    }

    /// The id of a series: what it measures and in what, so that it stays the same when more readings come.
    fn id(&self, key: &Key, scale: Scale, family: &str) -> ItemId {
        let mut parts: Vec<&str> = match key {
            Key::Measure(name) => vec!["measure", name],
            Key::Code(code, apart) => {
                std::iter::once(code).chain(apart).flat_map(|(system, code)| [system.as_str(), code.as_str()]).collect()
            }
            Key::Alone(at) => return item_id::of_key('o', self.observations[*at].resource.key()),
        };
        parts.extend([scale.name(), family]);
        item_id::item_id('o', &parts)
    }
}

fn member(observed: &Observed<'_>) -> Member {
    clusters::member(clusters::Entry::whole(observed.resource), observed.status.as_deref())
}

/// The concept whose label most readings use; of several the one first in the alphabet.
fn concept<'o>(members: impl Iterator<Item = &'o Observed<'o>>) -> CodeableConcept {
    let mut labels: BTreeMap<&str, (usize, &CodeableConcept)> = BTreeMap::new();
    for concept in members.filter_map(|observed| observed.concept.as_ref()) {
        let Some(label) = concept.label() else { continue };
        labels.entry(label).or_insert((0, concept)).0 += 1;
    }
    let most = labels.values().map(|(count, _)| *count).max();
    let chosen = labels.into_values().find(|(count, _)| Some(*count) == most);
    chosen.map(|(_, concept)| concept.clone()).unwrap_or_default()
}
