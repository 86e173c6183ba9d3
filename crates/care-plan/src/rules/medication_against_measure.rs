//! Medication against a measured limit: the newest reading lies where a label or a guideline speaks against the medicine.
//!
//! The laboratory of one clinic and the prescription of another meet nowhere but here (R4 detectedissue-category `DACT`).
//! The table with its sources stands in [`limits`](super::common::limits).
//! *FHIR:* `Observation.value[x]` of the newest reading that stands, `MedicationRequest`, `MedicationStatement`.
//! *Severity:* as the table says; one step less where the reading is older than a year or has no date, and then it says so.
//! *Silent:* readings that were taken back; values whose comparator leaves it open; units that do not convert; creams and
//! drops; what is on hold, for somebody has acted.

use jiff::ToSpan;
use rust_decimal::Decimal;

use super::Case;
use super::common::days;
use super::common::limits::{LIMITS, Limit, Step};
use super::common::report::{Report, code, date, text};
use super::common::taken::{self, Taken};
use crate::measures;
use crate::plan::{DetectedIssue, IssueCode, ItemId, Outcome, Reading, Settlement, Severity, Value};
use crate::units::Unit;

/// A reading of a series, in the unit of a limit.
struct Newest<'a> {
    outcome: &'a Outcome,
    reading: &'a Reading,
    number: Decimal,
    comparator: Option<&'a str>,
}

/// Finds current medicines that the newest reading of a measure speaks against; one issue for each row of the table.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    LIMITS.iter().filter_map(|limit| issue(case, limit)).collect()
}

fn issue(case: &Case<'_>, limit: &Limit) -> Option<DetectedIssue> {
    let is_meant = |taken: &Taken<'_>| {
        taken.has(limit.ingredients) && !taken.is_local() && taken.says.status.as_deref() != Some("on-hold")
    };
    let taken: Vec<Taken<'_>> = taken::current(case.plan).filter(is_meant).collect();
    let first = taken.first()?;
    let newest = newest(case, limit);
    let beyond = |one: &&Newest<'_>| step(limit, one).is_some();
    let newest = newest.iter().filter(beyond).min_by_key(|one| step(limit, one).map(|step| step.severity))?;
    let step = step(limit, newest)?;
    let started = started(case, limit, newest.reading);
    let stale = is_stale(case, newest.reading);
    let own = if started { step.starting } else { step.severity };
    let severity = if stale { lowered(own) } else { own };
    let code_of = IssueCode::MedicationAgainstMeasure;
    let mut report = Report::on(first.item, code_of, severity, "MedicationRequest.medication[x]");
    report = report.apart_by(limit.words).fact(text("limit", step.bound.words(limit.unit)));
    report = report.fact(text("medicines", limit.words)).fact(text("advice", step.advice));
    report = report.fact(text("guidance", limit.source));
    if stale {
        report = report.fact(code("stale", Some("older-than-a-year")));
    }
    for one in &taken {
        report = report.and(one.item.id.clone()).side(one.member, one.facts("medication"));
    }
    let reading = newest.reading;
    let value = vec![text("value", written(&reading.value)).differing(), date("when", reading.when.as_ref())];
    report = report.and(newest.outcome.item.id.clone());
    report = match newest.outcome.item.members.iter().find(|member| member.key == reading.key) {
        Some(member) => report.side(member, value),
        None => report.side_of(&reading.key, value),
    };
    report = taken::ask(report, taken.iter().copied());
    let again = Settlement::Add { what: "ServiceRequest", to: Some(ItemId(newest.outcome.item.id.0.clone())) };
    Some(report.settle(again).settle(Settlement::KeepAsIs).done())
}

fn step<'l>(limit: &'l Limit, newest: &Newest<'_>) -> Option<&'l Step> {
    limit.steps.iter().find(|step| step.bound.holds(newest.number, newest.comparator))
}

/// The readings of the newest moment; several where series or methods have one of that moment.
fn newest<'a>(case: &Case<'a>, limit: &Limit) -> Vec<Newest<'a>> {
    let Some(measure) = measures::named(limit.measure) else { return Vec::new() };
    let unit = Unit::read(Some(limit.unit), None);
    let of_measure = case.plan.outcomes.iter().filter(|outcome| outcome.measure.as_deref() == Some(limit.measure));
    let readings = of_measure.flat_map(|outcome| outcome.readings.iter().map(move |reading| (outcome, reading)));
    let standing = readings.filter(|(_, reading)| reading.duplicate_of.is_none() && stands(reading));
    let moment = |reading: &Reading| reading.when.as_ref().map(fhir::FhirDate::sort_key);
    let standing: Vec<_> = standing.collect();
    let last = standing.iter().filter_map(|(_, reading)| moment(reading)).max();
    let of_last = standing.into_iter().filter(|(_, reading)| moment(reading) == last);
    of_last
        .filter_map(|(outcome, reading)| {
            let Value::Quantity { number, comparator, unit: own, .. } = &reading.value else { return None };
            let number = measure.convert(*number, &Unit::read(None, Some(own)), &unit)?;
            Some(Newest { outcome, reading, number, comparator: comparator.as_deref() })
        })
        .collect()
}

fn stands(reading: &Reading) -> bool {
    !matches!(reading.status.as_deref(), Some("entered-in-error" | "cancelled" | "registered"))
        && matches!(reading.value, Value::Quantity { .. })
}

fn written(value: &Value) -> String {
    match value {
        Value::Quantity { text, unit, .. } => format!("{text} {unit}"),
        Value::Pair { .. } | Value::Text(_) | Value::Absent(_) => String::new(),
    }
}

/// True where the first word of the medicine, in any record, is no older than the reading.
fn started(case: &Case<'_>, limit: &Limit, reading: &Reading) -> bool {
    let all: Vec<Taken<'_>> = taken::all(case.plan).filter(|taken| taken.has(limit.ingredients)).collect();
    let Some(read) = &reading.when else { return false };
    !all.is_empty() && all.iter().all(|taken| taken.says.when.as_ref().is_some_and(|when| !days::before(when, read)))
}

/// True where a reading is older than twelve months, or nobody knows how old it is.
fn is_stale(case: &Case<'_>, reading: &Reading) -> bool {
    let year_ago = case.today.checked_sub(12.months()).ok();
    let last = reading.when.as_ref().and_then(days::days).map(|(_, last)| last);
    !matches!((last, year_ago), (Some(last), Some(year_ago)) if last >= year_ago)
}

fn lowered(severity: Severity) -> Severity {
    match severity {
        Severity::High => Severity::Moderate,
        Severity::Moderate | Severity::Low => Severity::Low,
    }
}
