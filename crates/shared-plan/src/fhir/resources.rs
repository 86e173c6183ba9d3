//! All resources of the shared plan, for the consolidated plan: there it is one more source.

use std::collections::BTreeSet;

use access::PersonId;
use serde_json::Value;

use super::{Bases, care_plan, care_team, condition, goal, patient, task};
use crate::concern::Concern;
use crate::plan::Plan;

/// Every resource of these plans and concerns, each plan before its parts; first each person once, without demographics.
pub fn resources_of(plans: &[Plan], concerns: &[Concern], bases: Bases<'_>) -> Vec<Value> {
    let of_plans = plans.iter().map(|plan| &plan.person);
    let people: BTreeSet<&PersonId> = of_plans.chain(concerns.iter().map(|concern| &concern.person)).collect();
    let people = people.into_iter().map(|person| patient(person, None));
    let concerns = concerns.iter().map(|concern| condition(concern, bases));
    people.chain(plans.iter().flat_map(|plan| of_plan(plan, bases))).chain(concerns).collect()
}

fn of_plan(plan: &Plan, bases: Bases<'_>) -> Vec<Value> {
    let goals = plan.goals.iter().map(|one| goal(one, &plan.person, bases));
    let activities = plan.activities.iter().map(|one| task(one, plan, bases));
    [care_plan(plan, bases), care_team(plan, bases)].into_iter().chain(goals).chain(activities).collect()
}
