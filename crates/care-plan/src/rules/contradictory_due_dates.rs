//! Contradictory due dates: the same goal is to be reached by different days.
//!
//! Who reads only one record plans visits and tests for a day that the other record does not know.
//! *FHIR:* `Goal.target.due[x]` (R4 goal.html); a due duration counts from `startDate`.
//! *Severity:* low: a matter of follow-up.
//! *Silent:* dates of which one is only less precise; goals that are over, on hold or only proposed; a date in one record
//! and none in the other; one record's steps among which the other's date is; a measure on which the same records
//! contradict each other's targets: that issue names the dates as well.

use std::collections::{BTreeMap, BTreeSet};

use fhir::{FhirDate, ResourceKey};

use super::common::report::{MOST_CHOICES, Report, date, text};
use super::common::{days, targets, work};
use super::{Case, contradictory_targets};
use crate::plan::{DetectedIssue, Goal, GoalStatement, IssueCode, Member, Settlement, Severity};

/// Finds goals whose records name different due dates for the same measure.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let contradicted: Vec<&Goal> =
        case.plan.goals.iter().filter(|goal| issue(goal, &BTreeMap::new()).is_some()).collect();
    if contradicted.is_empty() {
        return Vec::new();
    }
    let told = told(&contradictory_targets::find(case));
    contradicted.into_iter().filter_map(|goal| issue(goal, &told)).collect()
}

/// The records whose targets on a measure contradict each other.
type Told = BTreeMap<String, BTreeSet<ResourceKey>>;

fn told(issues: &[DetectedIssue]) -> Told {
    let mut told = Told::new();
    for issue in issues {
        let records = issue.sides.iter().map(|side| side.key.clone());
        told.entry(issue.apart.clone().unwrap_or_default()).or_default().extend(records);
    }
    told
}

fn issue(goal: &Goal, told: &Told) -> Option<DetectedIssue> {
    let voices: Vec<(&Member, &GoalStatement)> = goal
        .item
        .members
        .iter()
        .zip(&goal.statements)
        .filter(|(_, statement)| targets::is_in_force(statement))
        .collect();
    let mut all: Vec<Dates<'_>> = voices.iter().map(|(_, statement)| dates(statement)).collect();
    for (topic, records) in told {
        let dated = voices.iter().zip(&all).filter(|(_, dates)| dates.contains_key(topic));
        if dated.map(|((member, _), _)| &member.key).all(|key| records.contains(key)) {
            all.iter_mut().for_each(|dates| _ = dates.remove(topic));
        }
    }
    // Records that name the same dates are looked at together.
    let mut same: BTreeMap<String, (Dates<'_>, Vec<usize>)> = BTreeMap::new();
    for (at, dates) in all.into_iter().enumerate() {
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
    one.iter().any(|(topic, own)| other.get(topic).is_some_and(|theirs| days::differ(own, theirs)))
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
