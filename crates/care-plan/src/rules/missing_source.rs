//! A source that is missing, partial or old, with what that hides.
//!
//! Clinical reason: "no medications from the hospital" is not "no medications". Whoever reads a plan without knowing what
//! could not be asked takes silence for health (DESIGN invariant 3: a source that could not be asked is never shown as one
//! that has nothing).
//! FHIR source: none; the state of each search of each source.
//! Severity: high where allergies or medicines, or everything, failed or came in part; moderate where another type did; low for
//! what is withheld, not supported or old.
//!
//! One issue for each source, with each type that is hidden and why: not one for each type. What could not be read of
//! allergies and medicines may harm soon; what a source does not share or have is the same every day. Silent while a source
//! is being read, and for one that the person was never connected with.

use std::collections::{BTreeMap, BTreeSet};

use fhir::SourceId;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Case;
use super::common::reasons::words;
use super::common::report::{Report, code, date, text};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};
use crate::snapshot::{Read, Reason, Record, Status};

/// Types whose silence may harm.
const GRAVE: [&str; 3] = ["AllergyIntolerance", "MedicationRequest", "MedicationStatement"];
/// Types that a source is expected to have: what else it lacks hides nothing of a plan.
const EXPECTED: [&str; 6] = ["AllergyIntolerance", "CarePlan", "Condition", "Goal", "MedicationRequest", "Observation"];
/// What was read more days ago is old.
const FRESH: i32 = 1;

/// How something is hidden, gravest first; the name of its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hidden {
    Failed,
    Partial,
    NotPermitted,
    NotSupported,
}

/// A hidden type, with why.
type Found = BTreeMap<(Hidden, String), BTreeSet<String>>;

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut by_source: BTreeMap<&SourceId, Vec<&Record>> = BTreeMap::new();
    for record in &case.snapshot.records {
        by_source.entry(&record.source.id).or_default().push(record);
    }
    by_source.into_values().filter_map(|records| check(case, &records)).collect()
}

fn check(case: &Case<'_>, records: &[&Record]) -> Option<DetectedIssue> {
    let mut found = Found::new();
    for record in records {
        match &record.state {
            Some(Status::NotConnected | Status::Pending) => continue,
            Some(state) => {
                if let Some((how, reason)) = hidden(state) {
                    add(&mut found, how, "everything", reason);
                }
            }
            None => {}
        }
        for read in &record.reads {
            let Some((how, reason)) = hidden(&read.status) else { continue };
            if how != Hidden::NotSupported || EXPECTED.contains(&read.kind.as_str()) {
                add(&mut found, how, &name(read), reason);
            }
        }
    }
    let old = records.iter().filter_map(|record| record.as_of).min().filter(|at| is_old(*at, case.today));
    if found.is_empty() && old.is_none() {
        return None;
    }
    Some(report(records[0], &found, old.map(day)))
}

fn hidden(status: &Status) -> Option<(Hidden, Option<&Reason>)> {
    match status {
        Status::Failed(reason) => Some((Hidden::Failed, Some(reason))),
        Status::Partial(reason) => Some((Hidden::Partial, Some(reason))),
        Status::NotPermitted(reason) => Some((Hidden::NotPermitted, Some(reason))),
        Status::NotSupported => Some((Hidden::NotSupported, None)),
        Status::Complete | Status::Pending | Status::NotConnected => None,
    }
}

fn add(found: &mut Found, how: Hidden, what: &str, reason: Option<&Reason>) {
    found.entry((how, what.to_owned())).or_default().extend(reason.map(words));
}

/// The type, with its part where only a part was asked for.
fn name(read: &Read) -> String {
    read.part.as_ref().map_or_else(|| read.kind.clone(), |part| format!("{} ({part})", read.kind))
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn is_old(at: Timestamp, today: Date) -> bool {
    (today - day(at)).get_days() > FRESH
}

fn report(record: &Record, found: &Found, old: Option<Date>) -> DetectedIssue {
    let source = &record.source;
    let mut report =
        Report::about(&source.name, IssueCode::MissingSource, severity(found), "meta.source").of_source(&source.id);
    for (how, what) in found.keys() {
        report = report.fact(code(how.fact(), Some(what)));
    }
    let reasons: BTreeSet<&String> = found.values().flatten().collect();
    for reason in reasons {
        report = report.fact(text("reason", reason));
    }
    if let Some(day) = old {
        report = report.fact(date("asOf", Some(&fhir::FhirDate::Day(day))));
    }
    report.settle(Settlement::ReadAgain { source: source.id.clone() }).settle(Settlement::KeepAsIs).done()
}

fn severity(found: &Found) -> Severity {
    let unread = || found.keys().filter(|(how, _)| matches!(how, Hidden::Failed | Hidden::Partial));
    let grave = |what: &str| what == "everything" || GRAVE.contains(&what);
    if unread().any(|(_, what)| grave(what)) {
        Severity::High
    } else if unread().next().is_some() {
        Severity::Moderate
    } else {
        Severity::Low
    }
}

impl Hidden {
    fn fact(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Partial => "partial",
            Self::NotPermitted => "notPermitted",
            Self::NotSupported => "notSupported",
        }
    }
}
