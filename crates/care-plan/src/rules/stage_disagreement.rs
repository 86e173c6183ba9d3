//! Stage disagreement: a condition that is present stands at different stages.
//!
//! Doses, targets and referrals go by the stage: chronic kidney disease stage 4 is for the nephrologist, stage 3a is not
//! (KDIGO CKD 2024, section 2.1 and chapter 5).
//! *FHIR:* `Condition.stage.summary`, or a code whose title names the stage (R4 condition.html).
//! *Severity:* moderate.
//! *Silent:* a stage that is only less precise (3 beside 3b); another scale (a class beside a stage); conditions that are
//! over or refuted; words that name no stage.

use super::Case;
use super::common::report::{MOST_CHOICES, Report, date, text};
use super::common::stages::{self, Stage};
use crate::plan::{Concern, DetectedIssue, IssueCode, Settlement, Severity};

/// Finds concerns whose records name different stages.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    case.plan.concerns.iter().filter_map(issue).collect()
}

fn issue(concern: &Concern) -> Option<DetectedIssue> {
    let current = concern.item.members.iter().zip(&concern.statements).filter(|(_, statement)| statement.is_current());
    let staged: Vec<_> = current
        .filter_map(|(member, statement)| {
            let words = statement.stage.as_deref()?;
            Some((member, statement, words, stages::read(words)?))
        })
        .collect();
    // Among many it counts whether it differs from any.
    let choices = staged.len() <= MOST_CHOICES;
    let most = if choices { MOST_CHOICES } else { 1 };
    let against = |own: &Stage| {
        let others = staged.iter().filter(|(.., theirs)| own.contradicts(theirs)).take(most);
        others.map(|(member, ..)| member.key.clone()).collect::<Vec<_>>()
    };
    let sides: Vec<_> = staged.iter().map(|side| (side, against(&side.3))).filter(|(_, to)| !to.is_empty()).collect();
    sides.first()?;
    let code = IssueCode::StageDisagreement;
    let mut report = Report::on(&concern.item, code, Severity::Moderate, "Condition.stage");
    let of = sides.iter().map(|((member, ..), _)| member.key.clone()).collect();
    for ((member, statement, words, _), to) in sides {
        let says = vec![
            text("stage", *words).differing(),
            date("onset", statement.onset.as_ref()),
            date("recorded", statement.recorded.as_ref()),
        ];
        report = report.side(member, says);
        if choices {
            report = report.settle(Settlement::Adopt { element: "Condition.stage", from: member.key.clone(), to });
        }
    }
    Some(report.settle(Settlement::JoinOrSplit { of }).settle(Settlement::KeepAsIs).done())
}
