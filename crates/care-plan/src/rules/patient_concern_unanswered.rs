//! What the patient or a carer voiced, and no goal or activity answers.
//!
//! Clinical reason: what matters to the patient is the reason for the plan; a voiced concern that nothing follows from is
//! lost between visits (MCC eCare Plan guide: patient and caregiver concerns are health concerns of the plan).
//! FHIR source: `Condition.asserter` or `recorder`, `Observation.performer`; `Goal.addresses`, reasons of activities.
//! Severity: moderate.
//!
//! Silent where anything was planned, done or aimed at for it, a goal that was talked about and refused among them.

use super::Case;
use super::common::known::{looked_for, still_reading};
use super::common::report::{Report, code};
use super::common::ties::is_activity;
use crate::plan::{Concern, ConcernKind, DetectedIssue, IssueCode, Settlement, Severity};

/// What an answer would be of.
const ANSWERS: [&str; 2] = ["Goal", "ServiceRequest"];

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let is_unanswered = |concern: &&Concern| {
        let talked_about = |status: Option<&str>| status != Some("entered-in-error");
        let goals = ties.goals(&concern.item.id).flat_map(|goal| &goal.statements);
        concern.kind == ConcernKind::PatientVoiced
            && concern.is_current()
            && !goals.into_iter().any(|said| talked_about(said.lifecycle_status.as_deref()))
            && !ties.interventions(&concern.item.id).any(is_activity)
            && looked_for(case, &concern.item, &ANSWERS)
    };
    case.plan.concerns.iter().filter(is_unanswered).map(report).collect()
}

fn report(concern: &Concern) -> DetectedIssue {
    let item = &concern.item;
    let mut report = Report::on(item, IssueCode::PatientConcernUnanswered, Severity::Moderate, "Goal.addresses");
    for (member, said) in item.members.iter().zip(&concern.statements).filter(|(_, said)| said.is_current()) {
        report = report.side(member, vec![code("status", said.clinical_status.as_deref())]);
    }
    report
        .settle(Settlement::Add { what: "Goal", to: Some(item.id.clone()) })
        .settle(Settlement::Add { what: "ServiceRequest", to: Some(item.id.clone()) })
        .settle(Settlement::Link { element: "Goal.addresses", of: item.id.clone() })
        .settle(Settlement::KeepAsIs)
        .done()
}
