//! Contradictory due dates: the same goal is to be reached by different days.
//!
//! Who reads only one record plans visits and tests for a day that the other record does not know.
//! *FHIR:* `Goal.target.due[x]` (R4 goal.html); a due duration counts from `startDate`.
//! *Severity:* low: a matter of follow-up.
//! *Silent:* dates of which one is only less precise; goals that are over, on hold or only proposed; a date in one record
//! and none in the other; one record's steps among which the other's date is.

use std::collections::BTreeMap;

use fhir::FhirDate;

use super::Case;
use super::common::report::{MOST_CHOICES, Report, date, text};
use super::common::{days, targets, work};
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
    // Records that name the same dates are looked at together.
    let mut same: BTreeMap<String, (Dates<'_>, Vec<usize>)> = BTreeMap::new();
    for (at, (_, statement)) in voices.iter().enumerate() {
        let dates = dates(statement);
        same.entry(format!("{dates:?}")).or_insert_with(|| (dates, Vec::new())).1.push(at);
    }
    let mut sides: Vec<(usize, Vec<&Vec<usize>>)> = Vec::new();
    for (own, members) in same.values() {
        let others = same.values().filter(|(theirs, _)| differ(own, theirs)).map(|(_, members)| members);
        let others: Vec<&Vec<usize>> = others.collect();
        if !others.is_empty() {
            sides.extend(members.iter().map(|at| (*at, others.clone())));
        }
    }
    sides.sort_by_key(|(at, _)| *at);
    let choices = sides.len() <= MOST_CHOICES;
    sides.first()?;
    let mut report = Report::on(&goal.item, IssueCode::ContradictoryDueDates, Severity::Low, "Goal.target.due[x]");
    for (at, others) in sides {
        let (member, statement) = voices[at];
        let mut dates: Vec<&FhirDate> = statement.targets.iter().filter_map(|target| target.due.as_ref()).collect();
        dates.sort_by_key(|due| due.sort_key());
        dates.dedup();
        let mut says: Vec<_> = dates.into_iter().map(|due| date("due", Some(due)).differing()).collect();
        let words = targets::words(targets::of(statement).iter());
        says.extend((!words.is_empty()).then(|| text("target", words)));
        says.extend(statement.expressed_by.as_ref().map(|who| text("setBy", who)));
        report = report.side(member, says);
        if choices {
            let mut to: Vec<usize> = others.into_iter().flatten().copied().collect();
            to.sort_unstable();
            let to = to.into_iter().map(|other| voices[other].0.key.clone()).collect();
            report = report.settle(Settlement::Adopt { element: "Goal.target.due[x]", from: member.key.clone(), to });
        }
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}

/// True where two records name dates for one measure and neither's are among the other's.
fn differ(one: &Dates<'_>, other: &Dates<'_>) -> bool {
    work::count();
    one.iter().any(|(topic, own)| {
        let Some(theirs) = other.get(topic) else { return false };
        let among = |these: &[&FhirDate], those: &[&FhirDate]| {
            these.iter().all(|date| those.iter().any(|other| !days::apart(date, other)))
        };
        !among(own, theirs) && !among(theirs, own)
    })
}

/// Dates by the topic of their target.
type Dates<'a> = BTreeMap<String, Vec<&'a FhirDate>>;

/// The dates of each measure; targets without one are one topic.
fn dates(statement: &GoalStatement) -> Dates<'_> {
    let mut dates: Dates<'_> = BTreeMap::new();
    for target in &statement.targets {
        let topic = target.measure.as_ref().and_then(targets::topic).map(|(topic, _)| topic).unwrap_or_default();
        if let Some(due) = &target.due {
            dates.entry(topic).or_default().push(due);
        }
    }
    dates
}
