//! Onset disagreement: the records date the beginning of one condition differently.
//!
//! How long somebody has lived with a condition decides on screening and prognosis: eye and kidney checks in diabetes count
//! from its onset (ADA Standards of Care 2025, sections 11 and 12).
//! *FHIR:* `Condition.onset[x]` (R4 condition.html).
//! *Severity:* low.
//! *Silent:* a date that is only less precise, and an instant beside its day; refuted entries; entries at different stages,
//! whose onset is that of the stage; a visit's diagnosis beside the problem list, whose onset is often that of the visit.

use fhir::FhirDate;

use super::Case;
use super::common::report::{MOST_CHOICES, Report, code, date};
use super::common::stages::Stage;
use super::common::{days, stages, work};
use crate::plan::{Concern, ConcernKind, ConcernStatement, DetectedIssue, IssueCode, Settlement, Severity};

/// Finds concerns whose records name onsets that cannot be the same day.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    case.plan.concerns.iter().filter_map(issue).collect()
}

fn issue(concern: &Concern) -> Option<DetectedIssue> {
    let statements = &concern.statements;
    let begun: Vec<Option<Begun<'_>>> = statements.iter().map(Begun::of).collect();
    let differ = |one: usize, other: usize| matches!((&begun[one], &begun[other]), (Some(own), Some(theirs)) if own.differs_from(theirs));
    // Among many it counts whether it differs from any.
    let most = if statements.len() > MOST_CHOICES { 1 } else { MOST_CHOICES };
    let against = |one: usize| {
        let others = (0..statements.len()).filter(|other| differ(one, *other)).take(most);
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
        report = report.side(member, says);
        if statements.len() <= MOST_CHOICES {
            report = report.settle(Settlement::Adopt { element: "Condition.onset[x]", from: member.key.clone(), to });
        }
    }
    Some(report.settle(Settlement::JoinOrSplit { of }).settle(Settlement::KeepAsIs).done())
}

/// When a condition began by one record, and what may explain another begin.
struct Begun<'a> {
    onset: &'a FhirDate,
    of_visit: bool,
    stage: Option<Stage>,
}

impl<'a> Begun<'a> {
    /// `None` where the record names no onset, or takes the condition back.
    fn of(statement: &'a ConcernStatement) -> Option<Self> {
        Some(Self {
            onset: statement.onset.as_ref().filter(|_| !statement.is_void())?,
            of_visit: statement.kind == ConcernKind::EncounterDiagnosis,
            stage: statement.stage.as_deref().and_then(stages::read),
        })
    }

    fn differs_from(&self, other: &Self) -> bool {
        work::count();
        let staged = matches!((&self.stage, &other.stage), (Some(own), Some(theirs)) if own.contradicts(theirs));
        self.of_visit == other.of_visit && !staged && days::apart(self.onset, other.onset)
    }
}
