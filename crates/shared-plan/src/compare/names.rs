//! What things are called.

use access::Role;

use crate::Id;
use crate::plan::{Activity, Goal, Member, Plan, PlanStatus, ReviewState, Target};

/// The name of a role, as it stands in a sentence.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Clinician => "the clinician",
        Role::Patient => "the patient",
        Role::Coordinator => "the coordinator",
        Role::Carer => "the carer",
    }
}

pub(super) fn goal(plan: &Plan, id: Id<Goal>) -> String {
    plan.goal(id).map_or_else(|| format!("goal {id}"), |goal| goal.content.description.title().to_owned())
}

pub(super) fn activity(plan: &Plan, id: Id<Activity>) -> String {
    let found = plan.activity(id);
    found.map_or_else(|| format!("activity {id}"), |activity| activity.content.description.title().to_owned())
}

pub(super) fn member(plan: &Plan, id: Id<Member>) -> String {
    plan.member(id).map_or_else(|| format!("member {id}"), |member| member.content.name.clone())
}

/// A target is called by what is measured, else by its goal.
pub(super) fn target(goal: &Goal, target: &Target) -> String {
    target.measure.as_ref().unwrap_or(&goal.content.description).title().to_owned()
}

/// A code, read as words.
pub(super) fn code(code: &str) -> String {
    code.replace('-', " ")
}

pub(super) fn plan_status(status: PlanStatus) -> &'static str {
    match status {
        PlanStatus::Draft => "a draft",
        PlanStatus::Active => "in force",
        PlanStatus::OnHold => "on hold",
        PlanStatus::Revoked => "ended before its time",
        PlanStatus::Completed => "carried out",
        PlanStatus::EnteredInError => "entered in error",
    }
}

pub(super) fn review_state(state: ReviewState) -> &'static str {
    match state {
        ReviewState::Draft => "being written",
        ReviewState::InReview => "in review",
        ReviewState::Approved => "approved",
        ReviewState::Revised => "not signed as it stands",
    }
}
