//! Clinical status disagreement: a condition is present in one record and over, or refuted, in another.
//!
//! Treatment is stopped where the problem list says resolved and goes on where it says active; a refuted diagnosis that
//! lives on elsewhere is treated for years.
//! *FHIR:* `Condition.clinicalStatus` and `verificationStatus` (R4 condition-clinical, condition-ver-status).
//! *Severity:* moderate.
//! *Silent:* a record that says no status; inactive beside resolved; provisional beside confirmed; a diagnosis of a visit
//! that is over beside the problem list; an episode that ended before the other began.

use super::Case;
use super::common::report::{MOST_CHOICES, Report, code, date};
use super::common::{days, work};
use crate::plan::{Concern, ConcernKind, ConcernStatement, DetectedIssue, IssueCode, Settlement, Severity};

/// Finds concerns whose records differ on whether they are present.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    case.plan.concerns.iter().filter_map(issue).collect()
}

/// Present, or not; `None` where the record says nothing.
fn is_present(statement: &ConcernStatement) -> Option<bool> {
    let says = statement.is_void() || statement.clinical_status.as_deref().is_some_and(|code| code != "unknown");
    says.then(|| statement.is_current())
}

fn issue(concern: &Concern) -> Option<DetectedIssue> {
    let says: Vec<Option<bool>> = concern.statements.iter().map(is_present).collect();
    let at_odds = |one: usize, other: usize| {
        work::count();
        let (own, theirs) = (&concern.statements[one], &concern.statements[other]);
        match (says[one], says[other]) {
            (Some(true), Some(false)) => !has_followed(theirs, own),
            (Some(false), Some(true)) => !has_followed(own, theirs),
            _ => false,
        }
    };
    let who = |said: bool| -> Vec<usize> { (0..says.len()).filter(|at| says[*at] == Some(said)).collect() };
    let (present, over) = (who(true), who(false));
    let others = |one: usize| match says[one] {
        Some(true) => &over[..],
        Some(false) => &present[..],
        None => &[],
    };
    let is_side = |one: &usize| others(*one).iter().any(|other| at_odds(*one, *other));
    let sides: Vec<usize> = (0..says.len()).filter(is_side).collect();
    let choices = sides.len() <= MOST_CHOICES;
    sides.first()?;
    let refuted = sides.iter().any(|at| concern.statements[*at].is_void());
    let element = if refuted { "Condition.verificationStatus" } else { "Condition.clinicalStatus" };
    let mut report = Report::on(&concern.item, IssueCode::ClinicalStatusDisagreement, Severity::Moderate, element);
    for at in &sides {
        let (member, statement) = (&concern.item.members[*at], &concern.statements[*at]);
        let clinical = code("clinicalStatus", statement.clinical_status.as_deref());
        let verified = code("verificationStatus", statement.verification_status.as_deref());
        let mut told =
            if refuted { vec![clinical, verified.differing()] } else { vec![clinical.differing(), verified] };
        told.push(date("onset", statement.onset.as_ref()));
        told.extend(statement.abatement.as_ref().map(|end| date("abatement", Some(end))));
        told.push(date("recorded", statement.recorded.as_ref()));
        report = report.side(member, told);
        if choices {
            let to = sides.iter().filter(|other| says[**other] != says[*at]);
            let to = to.map(|other| concern.item.members[*other].key.clone()).collect();
            report = report.settle(Settlement::Adopt { element, from: member.key.clone(), to });
        }
    }
    let of = sides.iter().map(|at| concern.item.members[*at].key.clone()).collect();
    Some(report.settle(Settlement::JoinOrSplit { of }).settle(Settlement::KeepAsIs).done())
}

/// True where the one that is over is no word against the one that is present: an episode before it, or a visit's diagnosis.
fn has_followed(over: &ConcernStatement, present: &ConcernStatement) -> bool {
    let before = |end, begin| matches!((end, begin), (Some(end), Some(begin)) if days::before(end, begin));
    let of_visit = over.kind == ConcernKind::EncounterDiagnosis && present.kind != ConcernKind::EncounterDiagnosis;
    !over.is_void() && (before(over.abatement.as_ref(), present.onset.as_ref()) || of_visit)
}
