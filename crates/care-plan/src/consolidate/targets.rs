//! Which series of readings a goal's target is about.

use std::collections::HashMap;

use fhir::codes::LOINC;

use super::codings::{Code, codes};
use super::outcomes::Series;
use super::units;
use super::values::{DIASTOLIC, SYSTOLIC, Scale};
use crate::plan::{Band, Goal, ItemId, TargetDetail};

/// Gives each series the bands of the goals on its measure and each goal its series; returns the pairs that belong
/// together.
pub(super) fn join(goals: &mut [Goal], series: &mut [Series]) -> Vec<(ItemId, ItemId)> {
    let by_code = by_code(series);
    let mut pairs = Vec::new();
    for goal in goals {
        for target in &goal.targets {
            let band = if let TargetDetail::Band(band) = &target.detail { Some(band) } else { None };
            let measured = target.measure.iter().flat_map(codes).find_map(|code| by_code.get(&code));
            for at in measured.into_iter().flatten().copied() {
                if !fits(&series[at].scale, band) {
                    continue;
                }
                // On the series the band is told in the spelling of the readings; the goal keeps its own.
                let unit = series[at].unit.clone();
                let band = band.map(|band| Band { unit, ..band.clone() });
                let outcome = &mut series[at].outcome;
                goal.measure.get_or_insert_with(|| outcome.item.id.clone());
                outcome.targets.extend(band.map(|band| (goal.item.id.clone(), band)));
                pairs.push((goal.item.id.clone(), outcome.item.id.clone()));
            }
        }
    }
    pairs
}

/// The series of each code. A blood pressure panel also answers for its systolic and its diastolic part.
fn by_code(series: &[Series]) -> HashMap<Code, Vec<usize>> {
    let mut by_code: HashMap<Code, Vec<usize>> = HashMap::new();
    for (at, one) in series.iter().enumerate() {
        let parts = matches!(one.scale, Scale::Pair(_)).then_some([SYSTOLIC, DIASTOLIC]);
        let parts = parts.into_iter().flatten().map(|code| (LOINC.to_owned(), code.to_owned()));
        for code in one.codes.iter().cloned().chain(parts) {
            by_code.entry(code).or_default().push(at);
        }
    }
    by_code
}

/// True where a band can be drawn on a scale: same unit, or the target names none.
fn fits(scale: &Scale, band: Option<&Band>) -> bool {
    let (Some(band), Scale::Pair(unit) | Scale::Unit(unit)) = (band, scale) else { return true };
    let wanted = units::normal(band.unit_code.as_deref(), Some(&band.unit));
    wanted.is_empty() || &wanted == unit
}
