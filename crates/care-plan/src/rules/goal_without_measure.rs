//! A goal that nothing measures.
//!
//! Clinical reason: a goal of words alone can never be found reached or missed, so nobody follows it up ("SMART" goals are
//! measurable; R4 goal.html: `target` says what is to be reached and when).
//! FHIR source: `Goal.target.measure`, `Goal.target.detail[x]`, `Goal.outcomeReference`.
//! Severity: low.
//!
//! Silent where any record names a measure or a detail, if only in words, or outcomes by which the goal is judged; silent
//! for a goal that a record calls reached. Silent for what matters to the patient: a goal that they or a carer expressed
//! (`expressedBy`, by any record) is theirs to judge, such as "to dance at the wedding"; where it has a day, the rule about
//! overdue goals asks when that has come. Only the elements count and not the words. No code of `Goal.category` in R4 says
//! as much.

use super::Case;
use super::common::goals::{gap, is_reached, pursuing};
use super::common::known::{looked_for, still_reading};
use crate::plan::{DetectedIssue, Goal, GoalTarget, IssueCode, Settlement, Severity, TargetDetail};

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let is_unmeasured = |goal: &&Goal| {
        pursuing(goal).next().is_some()
            && goal.measure.is_none()
            && !goal.patients_own
            && !goal.statements.iter().any(is_reached)
            && !goal.statements.iter().flat_map(|said| &said.targets).any(says_something)
            && !ties.has_outcome(&goal.item.id)
            // What a record names as outcomes may be among Observations that could not be read.
            && looked_for(case, &goal.item, &["Goal"])
            && !names_outcomes(case, goal)
    };
    case.plan.goals.iter().filter(is_unmeasured).map(report).collect()
}

fn says_something(target: &GoalTarget) -> bool {
    target.measure.is_some() || target.detail != TargetDetail::None
}

fn names_outcomes(case: &Case<'_>, goal: &Goal) -> bool {
    goal.item.members.iter().filter_map(|member| case.reach.get(&member.key)).any(|resource| {
        let view: fhir::Goal = resource.read();
        !view.outcome_reference.is_empty() || !view.outcome_code.is_empty()
    })
}

fn report(goal: &Goal) -> DetectedIssue {
    let mut report = gap(goal, IssueCode::GoalWithoutMeasure, Severity::Low, "Goal.target.measure");
    for (member, _) in pursuing(goal) {
        report = report.settle(Settlement::Change { element: "Goal.target", of: member.key.clone(), to: None });
    }
    report.settle(Settlement::KeepAsIs).done()
}
