//! Onset disagreement: the records date the beginning of one condition differently.
//!
//! How long somebody has lived with a condition decides on screening and prognosis: eye and kidney checks in diabetes count
//! from its onset (ADA Standards of Care 2025, sections 11 and 12).
//! *FHIR:* `Condition.onset[x]` (R4 condition.html).
//! *Severity:* low.
//! *Silent:* a date that is only less precise, and an instant beside its day; refuted entries; entries at different stages,
//! whose onset is that of the stage; a visit's diagnosis beside the problem list, whose onset is often that of the visit.

use super::report::{Report, code, date};
use super::{Case, days, stages};
use crate::plan::{Concern, ConcernKind, ConcernStatement, DetectedIssue, IssueCode, Settlement, Severity};

/// Finds concerns whose records name onsets that cannot be the same day.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    case.plan.concerns.iter().filter_map(issue).collect()
}

fn issue(concern: &Concern) -> Option<DetectedIssue> {
    let statements = &concern.statements;
    let against = |one: usize| {
        let others = (0..statements.len()).filter(|other| differ(&statements[one], &statements[*other]));
        others.map(|other| concern.item.members[other].key.clone()).collect::<Vec<_>>()
    };
    let sides: Vec<_> = (0..statements.len()).map(|at| (at, against(at))).filter(|(_, to)| !to.is_empty()).collect();
    sides.first()?;
    let mut report = Report::on(&concern.item, IssueCode::OnsetDisagreement, Severity::Low, "Condition.onset[x]");
    let of = sides.iter().map(|(at, _)| concern.item.members[*at].key.clone()).collect();
    for (at, to) in sides {
        let (member, statement) = (&concern.item.members[at], &statements[at]);
        let says = vec![
            date("onset", statement.onset.as_ref()).differing(),
            date("recorded", statement.recorded.as_ref()),
            code("clinicalStatus", statement.clinical_status.as_deref()),
        ];
        let adopt = Settlement::Adopt { element: "Condition.onset[x]", from: member.key.clone(), to };
        report = report.side(member, says).settle(adopt);
    }
    Some(report.settle(Settlement::JoinOrSplit { of }).settle(Settlement::KeepAsIs).done())
}

fn differ(one: &ConcernStatement, other: &ConcernStatement) -> bool {
    let (Some(own), Some(theirs)) = (&one.onset, &other.onset) else { return false };
    let visit = |statement: &ConcernStatement| statement.kind == ConcernKind::EncounterDiagnosis;
    let stage = |statement: &ConcernStatement| statement.stage.as_deref().and_then(stages::read);
    let staged = matches!((stage(one), stage(other)), (Some(own), Some(theirs)) if own.contradicts(&theirs));
    !one.is_void() && !other.is_void() && visit(one) == visit(other) && !staged && days::apart(own, theirs)
}
