//! A goal that was to be reached before it begins.
//!
//! Clinical reason: one of the two dates is wrong, often by a year, and nobody knows which: whoever trusts the due date
//! calls the goal missed on its first day, whoever trusts the start waits for a day that is over (R4 goal.html:
//! `startDate` is when the pursuit begins, `target.due[x]` when it should end).
//! FHIR source: `Goal.startDate`, `Goal.target.dueDate`.
//! Severity: low: an error in the data, and no goal that was missed.
//!
//! Each record is held against its own start. Silent where one of the dates may mean a day that fits the other ("2026"
//! beside "2026-05-01"), on the day of the start itself, and for goals that are over, on hold or proposed.

use fhir::FhirDate;

use super::Case;
use super::common::goals::pursuing;
use super::common::report::{Report, date};
use crate::plan::{DetectedIssue, Goal, GoalStatement, IssueCode, Settlement, Severity};

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    case.plan.goals.iter().filter_map(issue).collect()
}

fn issue(goal: &Goal) -> Option<DetectedIssue> {
    let wrong = || pursuing(goal).filter(|(_, said)| !before_start(said).is_empty());
    wrong().next()?;
    let mut report = Report::on(&goal.item, IssueCode::DueBeforeStart, Severity::Low, "Goal.target.due[x]");
    for (member, said) in wrong() {
        let mut says = vec![date("start", said.start.as_ref()).differing()];
        says.extend(before_start(said).into_iter().map(|due| date("due", Some(due)).differing()));
        report = report.side(member, says);
    }
    for element in ["Goal.target.due[x]", "Goal.startDate"] {
        for (member, _) in wrong() {
            report = report.settle(Settlement::Change { element, of: member.key.clone(), to: None });
        }
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}

/// The due dates of a record that lie before its own start, each once.
fn before_start(said: &GoalStatement) -> Vec<&FhirDate> {
    let dues = said.targets.iter().filter_map(|target| target.due.as_ref());
    let mut wrong: Vec<&FhirDate> = dues.filter(|due| said.is_before_start(due)).collect();
    wrong.sort_by_key(|due| due.sort_key());
    wrong.dedup();
    wrong
}
