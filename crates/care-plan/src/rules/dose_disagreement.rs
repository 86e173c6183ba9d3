//! Dose disagreement: the records have the same medication, in the same strength, at different doses.
//!
//! Unintended differences of dose between lists are the commonest error that reconciliation finds, beside omission (Joint
//! Commission NPSG.03.06.01; WHO High 5s, medication reconciliation).
//! *FHIR:* `MedicationRequest.dosageInstruction`, `MedicationStatement.dosage` (R4 dosage.html).
//! *Severity:* moderate where the amount of a day differs, low where only words do that nobody can compute.
//! *Silent:* the same dose in other words; a dose that says less; two orders of one record, which share a dose out or are a
//! duplicate; one that renews the other; an order on hold or over.

use super::courses::Course;
use super::dosing::{self, Difference};
use super::report::Report;
use super::taken::{self, Taken};
use super::{Case, clusters};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// Finds medications whose records differ on the dose.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    clusters::of(taken::current(case.plan)).into_iter().filter_map(|taken| issue(case, &taken)).collect()
}

/// How two records of one medication differ on its dose.
pub(super) fn between(case: &Case<'_>, one: &Taken<'_>, other: &Taken<'_>) -> Option<Difference> {
    let is_on_hold = |taken: &Taken<'_>| taken.says.status.as_deref() == Some("on-hold");
    if one.voice() == other.voice() || is_on_hold(one) || is_on_hold(other) {
        return None;
    }
    let difference = dosing::difference(one.medication.dose.as_deref()?, other.medication.dose.as_deref()?)?;
    let courses = (Course::of(case.reach, one.member), Course::of(case.reach, other.member));
    let renews =
        matches!(courses, (Some(own), Some(theirs)) if own.carries_on(&theirs) && one.is_order() && other.is_order());
    (!renews).then_some(difference)
}

fn issue(case: &Case<'_>, taken: &[Taken<'_>]) -> Option<DetectedIssue> {
    let worst = |one: &Taken<'_>| taken.iter().filter_map(|other| between(case, one, other)).min();
    let sides: Vec<(&Taken<'_>, Difference)> = taken.iter().filter_map(|one| Some((one, worst(one)?))).collect();
    let severity = match sides.iter().map(|(_, difference)| *difference).min()? {
        Difference::Amount => Severity::Moderate,
        Difference::Words => Severity::Low,
    };
    let (first, _) = sides.first()?;
    let mut report =
        Report::on(first.item, IssueCode::DoseDisagreement, severity, "MedicationRequest.dosageInstruction");
    for (taken, _) in &sides {
        report = report.side(taken.member, taken.facts("dose"));
    }
    let taken = sides.iter().map(|(taken, _)| **taken);
    Some(taken::ask(report, taken).settle(Settlement::KeepAsIs).done())
}
