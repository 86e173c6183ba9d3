//! A goal whose day has passed and that is still pursued.
//!
//! Clinical reason: a due date is a promise to look again; a goal that is past it is to be called reached, missed, or given
//! a new date with the patient (R4 goal.html, `target.due[x]`; MCC: `target.due[x]` must be supported).
//! FHIR source: `Goal.target.dueDate`, `Goal.target.dueDuration`, `Goal.lifecycleStatus`, `Goal.achievementStatus`.
//! Severity: moderate.
//!
//! What is due today is not overdue, and a month is over at its end. Silent where a record or the readings call the goal
//! reached, which is another issue, and where one of the records that pursue it still has time: then they differ on the
//! date, which is another issue as well. A date before the goal's own start is an error and no day that has passed.

use fhir::FhirDate;

use super::Case;
use super::common::days::is_over;
use super::common::goals::{is_reached, pursuing};
use super::common::report::{Report, code, date};
use super::goal_met::is_met_by_readings;
use crate::plan::{DetectedIssue, Goal, GoalStatement, IssueCode, Settlement, Severity};
use crate::trend::Drawn;

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let drawn = Drawn::all(&case.plan.outcomes);
    let is_late = |goal: &&Goal| {
        let mut dated = pursuing(goal).filter_map(|(_, said)| due(said)).peekable();
        dated.peek().is_some()
            && dated.all(|due| is_over(due, case.today))
            && !goal.statements.iter().any(is_reached)
            && !is_met_by_readings(case, goal, &drawn)
    };
    case.plan.goals.iter().filter(is_late).map(report).collect()
}

/// The first day by which a record wants the goal reached.
fn due(said: &GoalStatement) -> Option<&FhirDate> {
    said.possible_dues().min_by_key(|due| due.sort_key())
}

fn report(goal: &Goal) -> DetectedIssue {
    let mut report = Report::on(&goal.item, IssueCode::OverdueGoal, Severity::Moderate, "Goal.target.due[x]");
    let dated = || pursuing(goal).filter(|(_, said): &(_, &GoalStatement)| due(said).is_some());
    for (member, said) in dated() {
        let status = code("status", said.lifecycle_status.as_deref());
        report = report.side(member, vec![date("due", due(said)).differing(), status]);
    }
    for element in ["Goal.target.due[x]", "Goal.achievementStatus", "Goal.lifecycleStatus"] {
        for (member, _) in dated() {
            report = report.settle(Settlement::Change { element, of: member.key.clone(), to: None });
        }
    }
    report.settle(Settlement::KeepAsIs).done()
}
