//! What an earlier release left open in a closed plan.

use super::{Activity, ActivityStatus, Goal, GoalStatus, Plan, PlanStatus};

impl Plan {
    /// Ends what is in a closed plan with it, as closing does now. An earlier release closed plans and left their goals
    /// active for ever, where nobody can change them any more; and it left standing what was in a plan that should never
    /// have been. What ends here is of the version in which its plan was closed.
    pub(super) fn ended(&mut self) {
        let in_error = match self.status {
            PlanStatus::Draft | PlanStatus::Active | PlanStatus::OnHold => return,
            PlanStatus::Revoked | PlanStatus::Completed => false,
            PlanStatus::EnteredInError => true,
        };
        for goal in &mut self.goals {
            if let Some(status) = end_of_goal(goal, in_error) {
                (goal.status, goal.status_reason) = (status, self.status_reason.clone());
                (goal.version, goal.at) = (goal.version.next(), self.at);
            }
        }
        for activity in &mut self.activities {
            if let Some(status) = end_of_activity(activity, in_error) {
                (activity.status, activity.status_reason) = (status, self.status_reason.clone());
                (activity.version, activity.at) = (activity.version.next(), self.at);
            }
        }
    }
}

/// The state that a goal ends in with its plan; nothing where it has ended so already.
fn end_of_goal(goal: &Goal, in_error: bool) -> Option<GoalStatus> {
    if in_error {
        return (goal.status != GoalStatus::EnteredInError).then_some(GoalStatus::EnteredInError);
    }
    let may_be_over = goal.is_reached() && goal.status.may_become(GoalStatus::Completed);
    let end = if may_be_over { GoalStatus::Completed } else { GoalStatus::Cancelled };
    goal.status.is_open().then_some(end)
}

/// The same of an activity: that each open one was said something of was asked always.
fn end_of_activity(activity: &Activity, in_error: bool) -> Option<ActivityStatus> {
    (in_error && activity.status != ActivityStatus::EnteredInError).then_some(ActivityStatus::EnteredInError)
}
