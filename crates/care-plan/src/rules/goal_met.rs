//! A goal that is reached and still pursued.
//!
//! Clinical reason: what was reached is to be told to the patient, and the goal ended, or kept on purpose as one to sustain;
//! otherwise the plan asks for work that is done (R4 goal-achievement: `achieved`, `sustaining`).
//! FHIR source: `Goal.achievementStatus`, `Goal.lifecycleStatus`, and the readings of its target's measure.
//! Severity: low.
//!
//! Silent where a record calls the goal `sustaining`: then somebody has decided to keep it, as with a blood pressure that is
//! to stay where it is. Readings alone speak only when the day has come on which the goal was to be reached: until then, and
//! where there is no such day, a value within its target is a goal that is being kept.

use jiff::tz::TimeZone;

use super::Case;
use super::common::goals::pursuing;
use super::common::report::{Report, code};
use crate::plan::{DetectedIssue, Fact, FactValue, Goal, IssueCode, Settlement, Severity};
use crate::trend::{Achievement, Drawn, propose_by};

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    let drawn = Drawn::all(&case.plan.outcomes);
    case.plan.goals.iter().filter_map(|goal| check(case, goal, &drawn)).collect()
}

/// True where the readings meet every target of the goal.
pub(super) fn is_met_by_readings(case: &Case<'_>, goal: &Goal, drawn: &Drawn<'_>) -> bool {
    let proposal = propose_by(goal, drawn, case.today);
    let achievement = proposal.and_then(|proposal| proposal.achievement);
    matches!(achievement, Some(Achievement::Achieved | Achievement::Sustaining))
}

/// True where the last day that any record gives the goal is over or today.
fn is_due(case: &Case<'_>, goal: &Goal) -> bool {
    let dues = pursuing(goal).flat_map(|(_, said)| said.possible_dues());
    let last = dues.filter_map(|due| due.last_day(&TimeZone::UTC)).max();
    last.is_some_and(|last| last <= case.today)
}

fn check(case: &Case<'_>, goal: &Goal, drawn: &Drawn<'_>) -> Option<DetectedIssue> {
    pursuing(goal).next()?;
    let said = |status: &str| pursuing(goal).any(|(_, said)| said.achievement_status.as_deref() == Some(status));
    if said("sustaining") {
        return None;
    }
    let by_record = said("achieved");
    let by_readings = is_due(case, goal) && is_met_by_readings(case, goal, drawn);
    if !by_record && !by_readings {
        return None;
    }
    let mut report = Report::on(&goal.item, IssueCode::GoalMetButActive, Severity::Low, "Goal.lifecycleStatus");
    for (member, said) in pursuing(goal) {
        let achievement = code("achievement", said.achievement_status.as_deref());
        report = report.side(member, vec![code("status", said.lifecycle_status.as_deref()), achievement]);
    }
    // Each new reading within the target would make another fact of its value: only what the readings say counts.
    if by_readings {
        let value = FactValue::Code(Achievement::Achieved.code().to_owned());
        report = report.fact(Fact { name: "proposed", value, differs: false });
    }
    for (element, to) in [("Goal.lifecycleStatus", "completed"), ("Goal.achievementStatus", "sustaining")] {
        for (member, _) in pursuing(goal) {
            report = report.settle(Settlement::Change { element, of: member.key.clone(), to: Some(to.to_owned()) });
        }
    }
    Some(report.settle(Settlement::KeepAsIs).done())
}
