//! A goal that is reached and still pursued.
//!
//! Clinical reason: what was reached is to be told to the patient, and the goal ended, or kept on purpose as one to sustain;
//! otherwise the plan asks for work that is done (R4 goal-achievement: `achieved`, `sustaining`).
//! FHIR source: `Goal.achievementStatus`, `Goal.lifecycleStatus`, and the readings of its target's measure.
//! Severity: low.
//!
//! Silent where a record calls the goal `sustaining`: then somebody has decided to keep it, as with a blood pressure that is
//! to stay where it is.

use super::Case;
use super::goals::pursuing;
use super::report::{Report, code};
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

fn check(case: &Case<'_>, goal: &Goal, drawn: &Drawn<'_>) -> Option<DetectedIssue> {
    pursuing(goal).next()?;
    let said = |status: &str| pursuing(goal).any(|(_, said)| said.achievement_status.as_deref() == Some(status));
    if said("sustaining") {
        return None;
    }
    let by_record = said("achieved");
    let by_readings = is_met_by_readings(case, goal, drawn);
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
