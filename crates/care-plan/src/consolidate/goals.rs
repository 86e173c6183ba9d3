//! Goals with their targets.

use std::collections::{BTreeMap, BTreeSet};

use fhir::codes::LOINC;
use fhir::{FhirDate, Quantity, Resource};
use jiff::Span as Duration;
use rust_decimal::Decimal;

use super::clusters::{Cluster, Entry, Group, join};
use super::codings::{Code, label, principal, words};
use super::concepts::{self, About};
use super::intents::Intents;
use super::outcomes::is_patient_or_carer;
use super::records::Records;
use super::span::{Span, overlapping};
use super::values::{DIASTOLIC, SYSTOLIC};
use super::{dosage, identifiers, linkages, notes, titles, values};
use crate::decisions::Decisions;
use crate::plan::{Band, Concern, Evidence, Goal, GoalStatement, GoalTarget, TargetDetail, agreed, status};

/// What a goal is called that no record has words for.
const UNTITLED: &str = "Untitled goal";
/// LOINC: blood pressure panel with both pressures.
const BLOOD_PRESSURE: &str = "85354-9";

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
pub(super) fn consolidate(
    records: &Records<'_>,
    aims: &[Aim<'_>],
    concerns: &[Concern],
    decisions: &Decisions,
) -> Vec<Goal> {
    let entries: Vec<Entry<'_>> = aims.iter().map(|aim| Entry::whole(aim.resource)).collect();
    let intents = Intents::of(records, aims, concerns, decisions);
    join(&entries, evidence(records, &entries, aims, &intents), decisions)
        .iter()
        .map(|cluster| goal(records, cluster, aims, &entries))
        .collect()
}

/// Why Goals are one: the same identifier, or the same measure or code while both are pursued, for a concern in common.
fn evidence(records: &Records<'_>, entries: &[Entry<'_>], aims: &[Aim<'_>], intents: &Intents<'_>) -> Vec<Group> {
    let resources: Vec<&Resource> = aims.iter().map(|aim| aim.resource).collect();
    let mut proven = identifiers::groups(&resources);
    proven.extend(linkages::groups(records, entries));
    let spans: Vec<Option<Span>> = aims.iter().map(|aim| span(&aim.view)).collect();
    let abouts = aims
        .iter()
        .enumerate()
        .filter_map(|(at, aim)| Some(About { at, concept: aim.view.description.as_ref()?, span: spans[at]? }));
    let mut alike = concepts::groups(&abouts.collect::<Vec<_>>());
    alike.extend(same_measure(aims, &spans));
    let mut groups = intents.hold_apart(alike, &proven);
    groups.extend(proven);
    groups
}

/// From when to when a goal is pursued; `None` for one that was entered in error, or is over and does not say since when.
fn span(goal: &fhir::Goal) -> Option<Span> {
    let (status, begin) = (goal.lifecycle_status.as_deref(), goal.start_date.as_ref());
    if status == Some("entered-in-error") {
        return None;
    }
    if !status::is_past_goal(status) {
        return Some(Span::new(begin, None));
    }
    let due = goal.target.iter().filter_map(|target| target.due_date.as_ref()).min_by_key(|due| due.sort_key());
    let end = goal.status_date.as_ref().or(due)?;
    Some(Span::new(begin.or(Some(end)), Some(end)))
}

/// Goals that measure exactly the same: the same measures, by their codes, at overlapping times.
fn same_measure(aims: &[Aim<'_>], spans: &[Option<Span>]) -> Vec<Group> {
    let mut by_measures: BTreeMap<BTreeSet<Code>, Vec<(usize, Span)>> = BTreeMap::new();
    for (at, aim) in aims.iter().enumerate() {
        let (Some(span), Some(measures)) = (spans[at], measures(&aim.view)) else { continue };
        by_measures.entry(measures).or_default().push((at, span));
    }
    let words = |members: &[usize]| {
        let labels =
            members.iter().flat_map(|at| &aims[*at].view.target).filter_map(|target| label(target.measure.as_ref()));
        titles::most_used(labels.collect::<Vec<_>>().iter().map(String::as_str)).unwrap_or_default()
    };
    let group =
        |members: Vec<usize>| Group { because: Evidence::SameGoalMeasure { measure: words(&members) }, members };
    by_measures.into_values().flat_map(overlapping).map(group).collect()
}

/// The measures of all targets; `None` where a target has none that is coded. Systolic and diastolic pressure together
/// are the panel of both; a goal for one of them alone is about that one, and not the same as a goal for the other.
fn measures(goal: &fhir::Goal) -> Option<BTreeSet<Code>> {
    let of_target = |target: &fhir::GoalTarget| {
        let code = principal(target.measure.as_ref()?)?;
        let is_pressure = code.0 == LOINC && [SYSTOLIC, DIASTOLIC, BLOOD_PRESSURE].contains(&code.1.as_str());
        // Codes of one measure by different methods or in different units are one measure, as for its readings.
        let named = target.measure.as_ref().and_then(crate::measures::of).filter(|_| !is_pressure);
        Some(named.map_or(code, |(measure, _)| ("measure".to_owned(), measure.name.to_owned())))
    };
    let all: Option<BTreeSet<Code>> = goal.target.iter().map(of_target).collect();
    let mut measures = all?;
    let pressure = |code: &str| (LOINC.to_owned(), code.to_owned());
    let (upper, lower, both) = (pressure(SYSTOLIC), pressure(DIASTOLIC), pressure(BLOOD_PRESSURE));
    if measures.contains(&both) || (measures.contains(&upper) && measures.contains(&lower)) {
        measures.remove(&upper);
        measures.remove(&lower);
        measures.insert(both);
    }
    Some(measures).filter(|measures| !measures.is_empty())
}

fn goal(records: &Records<'_>, cluster: &Cluster, aims: &[Aim<'_>], entries: &[Entry<'_>]) -> Goal {
    let members = || cluster.members.iter().map(|at| &aims[*at]);
    let statements: Vec<GoalStatement> = members().map(|aim| statement(records, aim)).collect();
    let mut notes: Vec<_> = members().flat_map(|aim| notes::of(records, aim.resource, &aim.view.note)).collect();
    notes::newest_first(&mut notes);
    let named = statements.iter().map(|one| one.title.as_str()).filter(|title| *title != UNTITLED);
    let title = titles::of_goal(named).unwrap_or_else(|| UNTITLED.to_owned());
    Goal {
        item: cluster.item('g', title, entries, |at| aims[at].view.lifecycle_status.as_deref()),
        lifecycle_status: agreed(statements.iter().map(|one| one.lifecycle_status.clone())),
        achievement_status: agreed(statements.iter().map(|one| one.achievement_status.clone())),
        achievement_text: agreed(statements.iter().map(|one| one.achievement_text.clone())),
        priority: agreed(statements.iter().map(|one| one.priority.clone())),
        start: agreed(statements.iter().map(|one| one.start.clone())),
        targets: agreed(statements.iter().map(asked)).unwrap_or_default(),
        patients_own: statements.iter().any(|one| one.patients_own),
        expressed_by: statements.iter().find_map(|one| one.expressed_by.clone()),
        measure: None,
        notes,
        overlays: Vec::new(),
        statements,
    }
}

/// The targets of a record, where it has any.
fn asked(statement: &GoalStatement) -> Option<Vec<GoalTarget>> {
    Some(statement.targets.clone()).filter(|targets| !targets.is_empty())
}

fn statement(records: &Records<'_>, aim: &Aim<'_>) -> GoalStatement {
    let view = &aim.view;
    let achievement = view.achievement_status.as_ref();
    GoalStatement {
        title: title(aim).unwrap_or_else(|| UNTITLED.to_owned()),
        description: view.description.0.clone().unwrap_or_default(),
        lifecycle_status: view.lifecycle_status.0.clone(),
        achievement_status: achievement.and_then(|status| status.first_code()).map(str::to_owned),
        achievement_text: label(achievement),
        priority: label(view.priority.as_ref()),
        start: view.start_date.0.clone(),
        status_date: view.status_date.0.clone(),
        targets: view.target.iter().map(|one| target(one, view.start_date.as_ref())).collect(),
        patients_own: view.expressed_by.as_ref().is_some_and(is_patient_or_carer),
        expressed_by: view.expressed_by.as_ref().and_then(|who| records.name(aim.resource, who)),
        addresses: view.addresses.iter().filter_map(|to| records.title(aim.resource, to)).collect(),
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
        "d" | "day" | "days" => Duration::new().days(count),
        "wk" | "week" | "weeks" => Duration::new().weeks(count),
        "mo" | "month" | "months" => Duration::new().months(count),
        "a" | "year" | "years" if count <= 100 => Duration::new().years(count),
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
        component: None,
    }
}

fn decimal(quantity: &Quantity) -> Option<Decimal> {
    quantity.value.as_ref().and_then(fhir::Number::to_decimal)
}
