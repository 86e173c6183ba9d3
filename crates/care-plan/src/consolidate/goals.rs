//! Goals with their targets.

use fhir::{FhirDate, Quantity, Resource};
use jiff::Span;
use rust_decimal::Decimal;

use super::clusters::{Cluster, by_identifier};
use super::codings::{label, words};
use super::outcomes::is_patient_or_carer;
use super::records::Records;
use super::{dosage, notes, values};
use crate::plan::{Band, Goal, GoalTarget, TargetDetail};

/// A Goal that was read.
pub(super) struct Aim<'a> {
    pub(super) resource: &'a Resource,
    pub(super) view: fhir::Goal,
}

/// Reads all Goals, sorted by key.
pub(super) fn read<'a>(records: &Records<'a>) -> Vec<Aim<'a>> {
    records.of_kind("Goal").map(|resource| Aim { resource, view: resource.read() }).collect()
}

/// Makes the goals.
pub(super) fn consolidate(records: &Records<'_>, aims: &[Aim<'_>]) -> Vec<Goal> {
    let resources: Vec<&Resource> = aims.iter().map(|aim| aim.resource).collect();
    by_identifier(&resources).iter().map(|cluster| goal(records, cluster, aims, &resources)).collect()
}

fn goal(records: &Records<'_>, cluster: &Cluster, aims: &[Aim<'_>], resources: &[&Resource]) -> Goal {
    let members = || cluster.members.iter().map(|at| &aims[*at]);
    let first = &aims[cluster.members[0]];
    let view = &first.view;
    let mut notes: Vec<_> = members().flat_map(|aim| notes::of(records, aim.resource, &aim.view.note)).collect();
    notes::newest_first(&mut notes);
    let title = members().find_map(title).unwrap_or_else(|| "Untitled goal".to_owned());
    let achievement = view.achievement_status.as_ref();
    Goal {
        item: cluster.item('g', title, resources, |at| aims[at].view.lifecycle_status.as_deref()),
        lifecycle_status: view.lifecycle_status.0.clone(),
        achievement_status: achievement.and_then(|status| status.first_code()).map(str::to_owned),
        achievement_text: label(achievement),
        priority: label(view.priority.as_ref()),
        start: view.start_date.0.clone(),
        targets: view.target.iter().map(|one| target(one, view.start_date.as_ref())).collect(),
        patients_own: view.expressed_by.as_ref().is_some_and(is_patient_or_carer),
        expressed_by: view.expressed_by.as_ref().and_then(|who| records.name(first.resource, who)),
        measure: None,
        notes,
    }
}

fn title(aim: &Aim<'_>) -> Option<String> {
    let measured = || aim.view.target.iter().find_map(|target| label(target.measure.as_ref()));
    label(aim.view.description.as_ref()).or_else(measured)
}

fn target(target: &fhir::GoalTarget, start: Option<&FhirDate>) -> GoalTarget {
    let counted = || after(start?, target.due_duration.as_ref()?);
    GoalTarget {
        measure: target.measure.0.clone(),
        detail: detail(target),
        due: target.due_date.0.clone().or_else(counted),
    }
}

/// The day that lies a duration after the start of the goal, where both are exact to the day.
fn after(start: &FhirDate, duration: &Quantity) -> Option<FhirDate> {
    let FhirDate::Day(start) = start else { return None };
    let whole = decimal(duration).filter(Decimal::is_integer)?;
    let count: i64 = whole.try_into().ok().filter(|count| (0..=36_500).contains(count))?;
    let span = match duration.code.as_deref().or(duration.unit.as_deref())? {
        "d" | "day" | "days" => Span::new().days(count),
        "wk" | "week" | "weeks" => Span::new().weeks(count),
        "mo" | "month" | "months" => Span::new().months(count),
        "a" | "year" | "years" if count <= 100 => Span::new().years(count),
        _ => return None,
    };
    start.checked_add(span).ok().map(FhirDate::Day)
}

fn detail(target: &fhir::GoalTarget) -> TargetDetail {
    let range = || {
        let range = target.detail_range.as_ref()?;
        let (low, high) = (range.low.as_ref(), range.high.as_ref());
        let unit = high.or(low)?;
        let band = band(unit, low.and_then(decimal), high.and_then(decimal), false);
        (band.low.is_some() || band.high.is_some()).then_some(TargetDetail::Band(band))
    };
    let integer = || {
        let number = Some(Decimal::from(target.detail_integer.0?));
        Some(TargetDetail::Band(band(&Quantity::default(), number, number, true)))
    };
    let ratio = || {
        let ratio = target.detail_ratio.as_ref()?;
        Some(format!(
            "{} : {}",
            dosage::amount(ratio.numerator.as_ref()?)?,
            dosage::amount(ratio.denominator.as_ref()?)?
        ))
    };
    let text = || {
        (label(target.detail_codeable_concept.as_ref()))
            .or_else(|| words(target.detail_string.as_deref()))
            .or_else(|| target.detail_boolean.0.map(values::yes_or_no))
            .or_else(ratio)
            .or_else(|| target.detail_quantity.as_ref().and_then(dosage::amount))
    };
    (target.detail_quantity.as_ref().and_then(single))
        .or_else(range)
        .or_else(integer)
        .or_else(|| text().map(TargetDetail::Text))
        .unwrap_or(TargetDetail::None)
}

/// A band from one quantity: a bound where a comparator says so, else both bounds are the value itself.
fn single(quantity: &Quantity) -> Option<TargetDetail> {
    let value = decimal(quantity);
    value?;
    let (low, high) = match quantity.comparator.as_deref() {
        Some("<" | "<=") => (None, value),
        Some(">" | ">=") => (value, None),
        _ => (value, value),
    };
    Some(TargetDetail::Band(band(quantity, low, high, true)))
}

fn band(quantity: &Quantity, low: Option<Decimal>, high: Option<Decimal>, single: bool) -> Band {
    let code = words(quantity.code.as_deref());
    Band {
        low,
        high,
        comparator: words(quantity.comparator.as_deref()).filter(|_| single),
        single,
        unit: words(quantity.unit.as_deref()).or_else(|| code.clone()).unwrap_or_default(),
        unit_code: code,
    }
}

fn decimal(quantity: &Quantity) -> Option<Decimal> {
    quantity.value.as_ref().and_then(fhir::Number::to_decimal)
}
