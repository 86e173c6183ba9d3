//! Contradictory due dates: the same goal is to be reached by different days.
//!
//! Who reads only one record plans visits and tests for a day that the other record does not know.
//! *FHIR:* `Goal.target.due[x]` (R4 goal.html); a due duration counts from `startDate`.
//! *Severity:* low: a matter of follow-up.
//! *Silent:* dates of which one is only less precise; goals that are over, on hold or only proposed; a date in one record
//! and none in the other; one record's steps among which the other's date is.

use std::collections::BTreeMap;

use fhir::FhirDate;

use super::report::{Report, date, text};
use super::{Case, days, targets};
use crate::plan::{DetectedIssue, Goal, GoalStatement, IssueCode, Member, Settlement, Severity};

/// Finds goals whose records name different due dates for the same measure.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    case.plan.goals.iter().filter_map(issue).collect()
}

fn issue(goal: &Goal) -> Option<DetectedIssue> {
    let voices: Vec<(&Member, &GoalStatement)> = goal
        .item
        .members
        .iter()
        .zip(&goal.statements)
        .filter(|(_, statement)| targets::is_in_force(statement))
        .collect();
    let others = |own: &GoalStatement| {
        let differs = |(_, other): &&(&Member, &GoalStatement)| differ(own, other);
        voices.iter().filter(differs).map(|(member, _)| member.key.clone()).collect::<Vec<_>>()
    };
    let sides: Vec<_> = voices.iter().map(|(member, own)| (member, own, others(own))).collect();
    let sides: Vec<_> = sides.into_iter().filter(|(_, _, others)| !others.is_empty()).collect();
    sides.first()?;
    let mut report = Report::on(&goal.item, IssueCode::ContradictoryDueDates, Severity::Low, "Goal.target.due[x]");
    for (member, statement, to) in sides {
        let mut dates: Vec<&FhirDate> = statement.targets.iter().filter_map(|target| target.due.as_ref()).collect();
        dates.sort_by_key(|due| due.sort_key());
        dates.dedup();
        let mut says: Vec<_> = dates.into_iter().map(|due| date("due", Some(due)).differing()).collect();
        let words = targets::words(targets::of(statement).iter());
        says.extend((!words.is_empty()).then(|| text("target", words)));
        says.extend(statement.expressed_by.as_ref().map(|who| text("setBy", who)));
        let adopt = Settlement::Adopt { element: "Goal.target.due[x]", from: member.key.clone(), to };
        report = report.side(member, says).settle(adopt);
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}

/// True where two records name dates for one measure and neither's are among the other's.
fn differ(one: &GoalStatement, other: &GoalStatement) -> bool {
    let (one, other) = (dates(one), dates(other));
    one.iter().any(|(topic, own)| {
        let Some(theirs) = other.get(topic) else { return false };
        let among = |these: &[&FhirDate], those: &[&FhirDate]| {
            these.iter().all(|date| those.iter().any(|other| !days::apart(date, other)))
        };
        !among(own, theirs) && !among(theirs, own)
    })
}

/// The dates of each measure; targets without one are one topic.
fn dates(statement: &GoalStatement) -> BTreeMap<String, Vec<&FhirDate>> {
    let mut dates: BTreeMap<String, Vec<&FhirDate>> = BTreeMap::new();
    for target in &statement.targets {
        let topic = target.measure.as_ref().and_then(targets::topic).map(|(topic, _)| topic).unwrap_or_default();
        if let Some(due) = &target.due {
            dates.entry(topic).or_default().push(due);
        }
    }
    dates
}
