//! A goal that says of no concern that it is for it.
//!
//! Clinical reason: nobody can tell whether a goal still matters when the reason for it is not known (MCC eCare Plan guide:
//! `Goal.addresses` must be supported; mcc-digest section 3 rule 3).
//! FHIR source: `Goal.addresses`, `resource-pertainsToGoal`.
//! Severity: low.
//!
//! Silent for what the patient wishes: "to dance at the wedding" needs no diagnosis. Silent for a goal that addresses
//! something we have no item for, or in words, by a reference that leads nowhere, which is another issue,
//! or by its plan, which addresses concerns as a whole.

use super::Case;
use super::common::goals::{gap, pursuing};
use super::common::known::{looked_for, still_reading};
use crate::plan::{DetectedIssue, Goal, IssueCode, Settlement, Severity};

/// Finds them.
pub(super) fn find(case: &Case<'_>) -> Vec<DetectedIssue> {
    if still_reading(case) {
        return Vec::new();
    }
    let ties = &case.ties;
    let is_for_nothing = |goal: &&Goal| {
        pursuing(goal).next().is_some()
            && !goal.patients_own
            && !ties.has_concern(&goal.item.id)
            && !ties.beside(&goal.item.id).concern
            && !names_something(case, goal)
            && looked_for(case, &goal.item, &["Condition", "CarePlan"])
    };
    case.plan.goals.iter().filter(is_for_nothing).map(report).collect()
}

/// True where any record of the goal fills `addresses`, with whatever.
fn names_something(case: &Case<'_>, goal: &Goal) -> bool {
    goal.item.members.iter().filter_map(|member| case.reach.get(&member.key)).any(|resource| {
        let view: fhir::Goal = resource.read();
        !view.addresses.is_empty()
    })
}

fn report(goal: &Goal) -> DetectedIssue {
    gap(goal, IssueCode::GoalWithoutConcern, Severity::Low, "Goal.addresses")
        .settle(Settlement::Link { element: "Goal.addresses", of: goal.item.id.clone() })
        .settle(Settlement::Add { what: "Condition", to: Some(goal.item.id.clone()) })
        .settle(Settlement::KeepAsIs)
        .done()
}
