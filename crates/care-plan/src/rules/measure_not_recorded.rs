//! A measure that a goal depends on and that nobody recorded for too long.
//!
//! Clinical reason: a goal that is not measured is not managed; guidelines say how often: HbA1c at least twice a year (ADA
//! Standards of Care section 6), filtration rate and albumin in urine once a year (KDIGO CKD 2024 section 2.1), blood
//! pressure every 3 to 6 months (ACC/AHA 2017 section 8.3), lipids once a year; the table is [`crate::measures`].
//! FHIR source: `Goal.target.measure`, `ServiceRequest.occurrenceTiming`, `CarePlan.activity.detail.scheduledTiming`,
//! `Observation.effective[x]`.
//! Severity: low.
//!
//! A schedule of a plan or an order goes before what is usual. A quarter of the interval, and a week at least, is allowed
//! on top. Silent while any source's laboratory values or vital signs could not be read whole: the value may be there; and
//! silent for a goal that is younger than the interval.

use std::collections::BTreeMap;

use fhir::FhirDate;

use super::Case;
use super::common::days::since;
use super::common::goals::pursuing;
use super::common::regime::{self, Regime};
use super::common::report::{Report, code, date, text};
use crate::plan::{DetectedIssue, Goal, IssueCode, Outcome, Settlement, Severity, Value};
use crate::snapshot::{Read, Record, Status};

/// A measure with the goals that depend on it.
#[derive(Default)]
struct Watched<'p> {
    goals: Vec<&'p Goal>,
    /// Days since the oldest of the goals began, or was last known to stand.
    known_for: Option<i32>,
}

/// Finds them, one issue for each measure.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if case.snapshot.records.iter().any(may_hide_values) {
        return Vec::new();
    }
    let ordered = regime::ordered(case);
    let watched = watched(case);
    let series = series(case);
    let issue = |(key, watched): (&String, &Watched<'_>)| {
        let regime = regime::of(key, &ordered)?;
        let series = series.get(key).map_or(&[][..], Vec::as_slice);
        let last = last(series, case);
        let age = last.as_ref().and_then(|last| since(last, case.today));
        // Of a goal without any value: since it stands. One that says nothing of its age may be of yesterday.
        let waited = [age, watched.known_for].into_iter().flatten().min()?;
        (waited > regime.allowed()).then(|| report(watched, series, last.as_ref(), regime).apart_by(key).done())
    };
    watched.iter().filter_map(issue).collect()
}

/// The measures of the goals that are pursued.
fn watched<'p>(case: &Case<'p>) -> BTreeMap<String, Watched<'p>> {
    let mut watched: BTreeMap<String, Watched<'p>> = BTreeMap::new();
    for goal in &case.plan.goals {
        for (member, said) in pursuing(goal) {
            let known = said.start.as_ref().or(said.status_date.as_ref()).or(member.updated.as_ref());
            let known_for = known.and_then(|date| since(date, case.today));
            for key in said.targets.iter().filter_map(|target| regime::key(target.measure.as_ref()?)) {
                let one = watched.entry(key).or_default();
                one.known_for = one.known_for.max(known_for);
                if one.goals.last().is_none_or(|last| last.item.id != goal.item.id) {
                    one.goals.push(goal);
                }
            }
        }
    }
    watched
}

/// The series of each measure.
fn series<'p>(case: &Case<'p>) -> BTreeMap<String, Vec<&'p Outcome>> {
    let mut series: BTreeMap<String, Vec<&Outcome>> = BTreeMap::new();
    for outcome in &case.plan.outcomes {
        let (key, measure) = (regime::key(&outcome.code), outcome.measure.clone());
        for name in measure.iter().filter(|name| key.as_ref() != Some(name)).chain(&key) {
            series.entry(name.clone()).or_default().push(outcome);
        }
    }
    series
}

/// When the newest value was taken.
fn last(series: &[&Outcome], case: &Case<'_>) -> Option<FhirDate> {
    let valued = series
        .iter()
        .flat_map(|outcome| outcome.standing())
        .filter(|reading| !matches!(reading.value, Value::Absent(_)));
    // A value of tomorrow may be of this evening elsewhere; what lies further ahead is an error of the record.
    let taken = valued
        .filter_map(|reading| reading.when.as_ref())
        .filter(|when| since(when, case.today).is_some_and(|days| days >= -1));
    taken.max_by_key(|when| (when.sort_key(), when.to_string())).cloned()
}

/// True where a source may have a value that was not read.
fn may_hide_values(record: &Record) -> bool {
    let unknown = |status: &Status| matches!(status, Status::Pending | Status::Partial(_) | Status::Failed(_));
    let is_value = |read: &&Read| {
        read.kind == "Observation" && matches!(read.part.as_deref(), None | Some("laboratory" | "vital-signs"))
    };
    record.state.as_ref().is_some_and(unknown) || record.reads.iter().filter(is_value).any(|read| unknown(&read.status))
}

fn report(watched: &Watched<'_>, series: &[&Outcome], last: Option<&FhirDate>, regime: Regime) -> Report {
    let first = watched.goals[0];
    let mut report = Report::on(&first.item, IssueCode::MeasureNotRecorded, Severity::Low, "Observation.effective[x]");
    for goal in &watched.goals {
        report = report.and(goal.item.id.clone());
        for (member, said) in pursuing(goal) {
            report = report.side(member, vec![code("status", said.lifecycle_status.as_deref())]);
        }
    }
    for outcome in series {
        report = report.and(outcome.item.id.clone());
    }
    let by = if regime.ordered { "schedule" } else { "usual" };
    report
        .fact(date("last", last))
        .fact(text("interval", regime.words()))
        .fact(code("intervalBy", Some(by)))
        .settle(Settlement::Add { what: "Observation", to: Some(first.item.id.clone()) })
        .settle(Settlement::Add { what: "ServiceRequest", to: Some(first.item.id.clone()) })
        .settle(Settlement::KeepAsIs)
}
