//! Which series of readings a goal's targets are about.

use std::collections::HashMap;

use fhir::{CodeableConcept, ResourceKey};

use super::codings::{Code, codes};
use super::outcomes::{Key, Series};
use super::pressure_text;
use super::values::Scale;
use crate::measures::{self, Measure};
use crate::plan::{Band, Component, Goal, GoalTarget, ItemId, OutcomeTarget, TargetDetail};
use crate::trend::unit_of;

/// Gives each series the targets of all goals on its measure and each goal its series; returns the pairs that belong
/// together.
pub(super) fn join(goals: &mut [Goal], series: &mut [Series]) -> Vec<(ItemId, ItemId)> {
    let places = Places::of(series);
    let mut pairs = Vec::new();
    for goal in goals {
        name_components(&mut goal.targets);
        goal.statements.iter_mut().for_each(|statement| name_components(&mut statement.targets));
        let records = goal.item.members.iter().zip(&goal.statements);
        for (member, statement) in records {
            for (position, target) in statement.targets.iter().enumerate() {
                for at in target.measure.iter().flat_map(|measure| places.named_by(measure)) {
                    let drawn = drawn(target, &series[at]);
                    // Words say nothing about a unit, so they belong to every series of the measure.
                    if drawn.is_empty() && matches!(target.detail, TargetDetail::Band(_)) {
                        continue;
                    }
                    let outcome = &mut series[at].outcome;
                    goal.measure.get_or_insert_with(|| outcome.item.id.clone());
                    let stated = |(band, written)| OutcomeTarget {
                        goal: goal.item.id.clone(),
                        key: member.key.clone(),
                        position,
                        band,
                        written,
                        due: target.due.clone(),
                    };
                    outcome.targets.extend(drawn.into_iter().map(stated));
                    pairs.push((goal.item.id.clone(), outcome.item.id.clone()));
                }
            }
        }
    }
    for one in series {
        one.outcome.targets.sort_by(|one, other| order(one).cmp(&order(other)));
    }
    pairs.sort();
    pairs.dedup();
    pairs
}

fn order(target: &OutcomeTarget) -> (&ItemId, &ResourceKey, usize, Option<Component>) {
    (&target.goal, &target.key, target.position, target.band.component)
}

/// Says of each band which part of a blood pressure it is about, by the code of its measure.
fn name_components(targets: &mut [GoalTarget]) {
    for target in targets {
        let component = target.measure.as_ref().and_then(measures::of).and_then(|(measure, _)| component(measure));
        if let TargetDetail::Band(band) = &mut target.detail {
            band.component = component;
        }
    }
}

fn component(measure: &Measure) -> Option<Component> {
    match measure.name {
        measures::SYSTOLIC => Some(Component::Systolic),
        measures::DIASTOLIC => Some(Component::Diastolic),
        _ => None,
    }
}

/// A target as it is drawn on a series, each band with the written one where it was converted; nothing where it cannot be.
fn drawn(target: &GoalTarget, series: &Series) -> Vec<(Band, Option<Band>)> {
    let bands = match &target.detail {
        TargetDetail::Band(band) => vec![band.clone()],
        // "Below 130/80" for the panel: two bounds in words.
        TargetDetail::Text(text) if series.scale == Scale::Pair => {
            pressure_text::bands(text).map_or(Vec::new(), Vec::from)
        }
        TargetDetail::Text(_) | TargetDetail::None => Vec::new(),
    };
    let on_axis = |band: Band| {
        if series.scale == Scale::Words {
            return Some((band, None));
        }
        let (converted, is_converted) =
            series.axis.band(&band, &unit_of(&band, &series.axis.unit, series.axis.rule()))?;
        Some((converted, is_converted.then_some(band)))
    };
    let all = bands.len();
    let drawn: Vec<_> = bands.into_iter().filter_map(on_axis).collect();
    if drawn.len() == all { drawn } else { Vec::new() }
}

/// Where the series of each measure and code stand.
struct Places {
    by_measure: HashMap<&'static str, Vec<usize>>,
    by_code: HashMap<Code, Vec<usize>>,
}

impl Places {
    /// A blood pressure also answers for its systolic and its diastolic part.
    fn of(series: &[Series]) -> Self {
        let mut places = Self { by_measure: HashMap::new(), by_code: HashMap::new() };
        for (at, one) in series.iter().enumerate() {
            let mut names: Vec<&'static str> = if let Key::Measure(name) = one.key { vec![name] } else { Vec::new() };
            if one.scale == Scale::Pair {
                names.extend([measures::SYSTOLIC, measures::DIASTOLIC, measures::BLOOD_PRESSURE]);
            }
            names.sort_unstable();
            names.dedup();
            names.into_iter().for_each(|name| places.by_measure.entry(name).or_default().push(at));
            one.key.codes().iter().cloned().for_each(|code| places.by_code.entry(code).or_default().push(at));
        }
        places
    }

    fn named_by(&self, concept: &CodeableConcept) -> Vec<usize> {
        let found = match measures::of(concept) {
            Some((measure, _)) => self.by_measure.get(measure.name),
            None => codes(concept).find_map(|code| self.by_code.get(&code)),
        };
        found.cloned().unwrap_or_default()
    }
}
