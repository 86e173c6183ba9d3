//! Goals and activities of whatever plan, as a list answers them.

use access::PersonId;
use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::plan::{Activity, Goal, Plan};
use shared_plan::{Id, Version};

/// A goal of some plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundGoal {
    /// The plan.
    plan: Id<Plan>,
    /// Whose plan it is.
    #[schemars(with = "Id<PersonId>")]
    person: PersonId,
    /// The plan's version.
    version: Version,
    goal: Goal,
}

/// A page of goals.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundGoals {
    /// Plan by plan in the order of their ids, of each in the order in which they were added.
    pub goals: Vec<FoundGoal>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// An activity of some plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundActivity {
    /// The plan.
    plan: Id<Plan>,
    /// Whose plan it is.
    #[schemars(with = "Id<PersonId>")]
    person: PersonId,
    /// The plan's version.
    version: Version,
    activity: Activity,
}

/// A page of activities.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FoundActivities {
    /// Plan by plan in the order of their ids, of each in the order in which they were added.
    pub activities: Vec<FoundActivity>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl FoundGoal {
    /// A goal with its plan.
    pub fn of(plan: &Plan, goal: &Goal) -> Self {
        Self { plan: plan.id, person: plan.person.clone(), version: plan.version, goal: goal.clone() }
    }
}

impl FoundActivity {
    /// An activity with its plan.
    pub fn of(plan: &Plan, activity: &Activity) -> Self {
        Self { plan: plan.id, person: plan.person.clone(), version: plan.version, activity: activity.clone() }
    }
}
