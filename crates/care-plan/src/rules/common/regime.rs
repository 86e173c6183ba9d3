//! How often a measure is to be recorded: as a plan or an order says, else as is usual.

use std::collections::BTreeMap;

use fhir::codes::canonical_system;
use fhir::{CarePlan, CodeableConcept, Period, Request, Timing};
use rust_decimal::prelude::ToPrimitive;

use super::days::is_over;
use crate::measures::{self, BLOOD_PRESSURE, DIASTOLIC, SYSTOLIC};
use crate::plan::status;
use crate::rules::Case;

/// How often a measure is to be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rules) struct Regime {
    /// Days from one value to the next.
    pub(in crate::rules) days: i32,
    /// True where a plan or an order of this record says so; false for what is usual.
    pub(in crate::rules) ordered: bool,
}

impl Regime {
    /// Days after which a value is missed: a quarter more than the interval, and a week at least, for visits shift.
    pub(in crate::rules) fn allowed(self) -> i32 {
        self.days.saturating_add((self.days / 4).max(7))
    }

    /// In words.
    pub(in crate::rules) fn words(self) -> String {
        match self.days {
            ..=1 => "every day".to_owned(),
            days @ 2..=6 => format!("every {days} days"),
            7 => "every week".to_owned(),
            days @ 8..=27 => format!("every {days} days"),
            28..=31 => "every month".to_owned(),
            days @ 32..=349 => format!("every {} months", (days + 15) / 30),
            350..=380 => "every year".to_owned(),
            days => format!("every {} months", (days + 15) / 30),
        }
    }
}

/// What a measure is called here: its name in [`measures`], where both pressures are one, else its first code.
pub(in crate::rules) fn key(concept: &CodeableConcept) -> Option<String> {
    if let Some((measure, _)) = measures::of(concept) {
        let is_pressure = matches!(measure.name, SYSTOLIC | DIASTOLIC);
        return Some(if is_pressure { BLOOD_PRESSURE } else { measure.name }.to_owned());
    }
    let coded = |coding: &fhir::Coding| {
        let (system, code) = (coding.system.as_deref()?, coding.code.as_deref()?);
        Some(format!("{}|{}", canonical_system(system.trim()), code.trim()))
    };
    concept.coding.iter().filter_map(coded).min()
}

/// The regimes that plans in force and orders going on give, by measure; of several the one that asks most often, for a
/// value recorded for one plan serves every other.
pub(in crate::rules) fn ordered(case: &Case<'_>) -> BTreeMap<String, Regime> {
    let mut found: BTreeMap<String, Regime> = BTreeMap::new();
    let mut add = |code: Option<&CodeableConcept>, timing: Option<&Timing>| {
        let Some((key, days)) = code.and_then(key).zip(timing.and_then(|timing| interval(timing, case))) else {
            return;
        };
        let regime = found.entry(key).or_insert(Regime { days, ordered: true });
        regime.days = regime.days.min(days);
    };
    for resource in case.reach.of_kind("ServiceRequest") {
        let request: Request = resource.read();
        if request.status.as_deref() == Some("active") {
            add(request.code.as_ref(), request.occurrence_timing.as_ref());
        }
    }
    for resource in case.reach.of_kind("CarePlan") {
        let plan: CarePlan = resource.read();
        let over = |period: &Period| period.end.as_ref().is_some_and(|end| is_over(end, case.today));
        if status::is_past_plan(plan.status.as_deref()) || plan.period.as_ref().is_some_and(over) {
            continue;
        }
        for detail in plan.activity.iter().filter_map(|activity| activity.detail.as_ref()) {
            if !status::is_past_act(detail.status.as_deref()) && detail.status.as_deref() != Some("on-hold") {
                add(detail.code.as_ref(), detail.scheduled_timing.as_ref());
            }
        }
    }
    found
}

/// The regime of a measure: as it was ordered, else the longest interval that a guideline allows ([`measures`] names it).
pub(in crate::rules) fn of(key: &str, ordered: &BTreeMap<String, Regime>) -> Option<Regime> {
    let usual = || measures::named(key).map(|measure| Regime { days: measure.speaks_for, ordered: false });
    ordered.get(key).copied().or_else(usual)
}

/// Days from one time to the next; `None` where it is not said, or the time of the schedule is over.
fn interval(timing: &Timing, case: &Case<'_>) -> Option<i32> {
    let repeat = timing.repeat.as_ref()?;
    let end = repeat.bounds_period.as_ref().and_then(|bounds| bounds.end.as_ref());
    if end.is_some_and(|end| is_over(end, case.today)) {
        return None;
    }
    let period = repeat.period.as_ref()?.to_decimal()?.to_f64()?;
    let unit = match repeat.period_unit.as_deref()? {
        "h" => 1.0 / 24.0,
        "d" => 1.0,
        "wk" => 7.0,
        "mo" => 30.44,
        "a" => 365.25,
        _ => return None,
    };
    let days = (period * unit / f64::from(repeat.frequency.0.unwrap_or(1).max(1))).ceil();
    // A schedule of more than ten years, or of nothing, is an error of the record.
    (1.0..=3_653.0).contains(&days).then(|| days.to_i32()).flatten()
}
