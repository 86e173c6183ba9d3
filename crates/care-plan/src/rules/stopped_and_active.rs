//! Stopped here and active there: one source stopped an ingredient that another still has active.
//!
//! What was stopped for harm or without need goes on by the other list, and is dispensed again after the next visit (Joint
//! Commission NPSG.03.06.01; R4 medicationrequest-status `stopped`).
//! *FHIR:* `MedicationRequest.status`, `MedicationStatement.status`; the ingredient by RxNorm.
//! *Severity:* moderate.
//! *Silent:* a stop that is older than the other's order, which is history; a source that stopped one strength and has
//! another active; what ended as planned (`completed`); entries made in error; on hold.

use std::collections::BTreeMap;

use fhir::FhirDate;

use super::Case;
use super::common::days;
use super::common::report::{Report, text};
use super::common::taken::{self, Taken};
use crate::plan::{DetectedIssue, IssueCode, Settlement, Severity};

/// Finds ingredients whose newest words differ from source to source.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut by_ingredient: BTreeMap<(&str, bool), Vec<Taken<'_>>> = BTreeMap::new();
    let said = |taken: &Taken<'_>| taken.says.status.as_deref() != Some("entered-in-error");
    for taken in taken::all(case.plan).filter(said) {
        for ingredient in &taken.medication.ingredients {
            by_ingredient.entry((ingredient, taken.is_local())).or_default().push(taken);
        }
    }
    let mut issues: Vec<DetectedIssue> = Vec::new();
    for ((ingredient, _), taken) in by_ingredient {
        let found = issue(ingredient, taken);
        // Two ingredients of the same product are one thing that was stopped.
        issues.extend(found.filter(|found| issues.iter().all(|known| known.sides != found.sides)));
    }
    issues
}

fn issue(ingredient: &str, taken: Vec<Taken<'_>>) -> Option<DetectedIssue> {
    let mut voices: BTreeMap<_, Vec<Taken<'_>>> = BTreeMap::new();
    for one in taken {
        voices.entry(one.voice()).or_default().push(one);
    }
    let (mut active, mut stopped): (Vec<Taken<'_>>, Vec<Taken<'_>>) = (Vec::new(), Vec::new());
    for own in voices.into_values() {
        if own.iter().all(|one| !one.says.is_current()) {
            let newest = own.into_iter().max_by_key(|one| (end(one).map(FhirDate::sort_key), &one.member.key));
            stopped.extend(newest.filter(is_stopped));
        } else {
            active.extend(own.into_iter().filter(is_active));
        }
    }
    let at_odds = |stop: &Taken<'_>, order: &Taken<'_>| match (end(stop), order.says.when.as_ref()) {
        (Some(stop), Some(begin)) => !days::before(stop, begin),
        _ => true,
    };
    let stops: Vec<_> = stopped.iter().filter(|stop| active.iter().any(|order| at_odds(stop, order))).collect();
    let goes_on: Vec<_> = active.iter().filter(|order| stops.iter().any(|stop| at_odds(stop, order))).collect();
    let first = goes_on.first()?;
    let element = "MedicationRequest.status";
    let mut report = Report::on(first.item, IssueCode::StoppedAndActive, Severity::Moderate, element);
    report = report.fact(text("ingredient", ingredient));
    for one in goes_on.iter().chain(&stops) {
        report = report.and(one.item.id.clone()).side(one.member, one.facts("status"));
    }
    Some(taken::ask(report, goes_on.into_iter().copied()).settle(Settlement::KeepAsIs).done())
}

fn is_active(taken: &Taken<'_>) -> bool {
    matches!(taken.says.status.as_deref(), None | Some("active" | "intended"))
}

fn is_stopped(taken: &Taken<'_>) -> bool {
    matches!(taken.says.status.as_deref(), Some("stopped" | "cancelled" | "not-taken"))
}

/// The last day that the record speaks of: the end, else the order, for a stop is no older than what it stops.
fn end<'a>(taken: &Taken<'a>) -> Option<&'a FhirDate> {
    taken.says.until.as_ref().or(taken.says.when.as_ref())
}
