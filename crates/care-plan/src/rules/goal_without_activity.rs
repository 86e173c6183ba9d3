//! A goal that nobody works on.
//!
//! Clinical reason: a goal is reached by what somebody does; one without any activity, planned or done, is a wish
//! (mcc-digest section 3: an activity names its goal by `resource-pertainsToGoal`, or shares its concern).
//! FHIR source: `Goal`, `resource-pertainsToGoal`, `CarePlan.activity`, `Goal.addresses` with the reason of an activity.
//! Severity: low.
//!
//! Silent for a goal that a record calls reached, for proposed and paused ones, where an activity shares the concern of the
//! goal, and for a goal of a whole plan in force in which there is any activity: that is for all its goals. What was called
//! off or never happened is no activity.

use super::Case;
use super::common::goals::{gap, is_reached, pursuing};
use super::common::known::{looked_for, still_reading};
use super::common::ties::{Ties, is_activity};
use crate::plan::{DetectedIssue, Goal, IssueCode, Settlement, Severity};

/// The types that most activities are of: where one of them is hidden, nobody knows that there is none.
const ACTIVITIES: [&str; 3] = ["CarePlan", "MedicationRequest", "ServiceRequest"];

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let is_idle = |goal: &&Goal| {
        pursuing(goal).next().is_some()
            && !goal.statements.iter().any(is_reached)
            && !is_worked_on(ties, goal)
            && looked_for(case, &goal.item, &ACTIVITIES)
    };
    case.plan.goals.iter().filter(is_idle).map(report).collect()
}

/// True where an activity is linked with the goal, with a concern of it, or stands in its plan.
fn is_worked_on(ties: &Ties<'_>, goal: &Goal) -> bool {
    let id = &goal.item.id;
    ties.interventions(id).any(is_activity)
        || ties.beside(id).activity
        || ties.concerns(id).any(|concern| ties.interventions(concern).any(is_activity))
}

fn report(goal: &Goal) -> DetectedIssue {
    gap(goal, IssueCode::GoalWithoutActivity, Severity::Low, "CarePlan.activity")
        .settle(Settlement::Add { what: "ServiceRequest", to: Some(goal.item.id.clone()) })
        .settle(Settlement::Link { element: "resource-pertainsToGoal", of: goal.item.id.clone() })
        .settle(Settlement::KeepAsIs)
        .done()
}
