//! Parts of a plan as they are answered.

use schemars::JsonSchema;
use serde::Serialize;
use shared_plan::plan::{Activity, Goal, Plan, Team};
use shared_plan::{Id, Version};

use crate::rest::{Answer, Code, Problem};
use crate::service::Saved;

/// A goal.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GoalAnswer {
    /// The plan.
    plan: Id<Plan>,
    /// The plan's version.
    version: Version,
    goal: Goal,
}

/// The goals of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GoalList {
    /// The plan.
    plan: Id<Plan>,
    /// The plan's version.
    version: Version,
    /// In the order in which they were added.
    goals: Vec<Goal>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// An activity.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActivityAnswer {
    /// The plan.
    plan: Id<Plan>,
    /// The plan's version.
    version: Version,
    activity: Activity,
}

/// The activities of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActivityList {
    /// The plan.
    plan: Id<Plan>,
    /// The plan's version.
    version: Version,
    /// In the order in which they were added.
    activities: Vec<Activity>,
    /// Where the next page begins: the parameter `cursor`. Not there on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// The team of a plan.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TeamAnswer {
    /// The plan.
    plan: Id<Plan>,
    /// The plan's version.
    version: Version,
    team: Team,
}

impl GoalAnswer {
    /// The goal with this id.
    ///
    /// # Errors
    /// The plan has no such goal.
    pub fn of(plan: &Plan, id: Id<Goal>) -> Result<Answer<Self>, Problem> {
        let goal = plan.goal(id).ok_or(Problem::of(Code::NotFound))?.clone();
        Ok(Answer::of(Self { plan: plan.id, version: plan.version, goal }).at(plan.version))
    }

    /// The same after a change.
    ///
    /// # Errors
    /// As [`GoalAnswer::of`].
    pub fn saved(saved: &Saved, id: Id<Goal>) -> Result<Answer<Self>, Problem> {
        Ok(Self::of(&saved.plan, id)?.replayed(saved.repeated))
    }
}

impl GoalList {
    /// Goals of a plan, and where the next page begins.
    pub fn of(plan: &Plan, goals: Vec<Goal>, next: Option<String>) -> Answer<Self> {
        Answer::of(Self { plan: plan.id, version: plan.version, goals, next }).at(plan.version)
    }
}

impl ActivityAnswer {
    /// The activity with this id.
    ///
    /// # Errors
    /// The plan has no such activity.
    pub fn of(plan: &Plan, id: Id<Activity>) -> Result<Answer<Self>, Problem> {
        let activity = plan.activity(id).ok_or(Problem::of(Code::NotFound))?.clone();
        Ok(Answer::of(Self { plan: plan.id, version: plan.version, activity }).at(plan.version))
    }

    /// The same after a change.
    ///
    /// # Errors
    /// As [`ActivityAnswer::of`].
    pub fn saved(saved: &Saved, id: Id<Activity>) -> Result<Answer<Self>, Problem> {
        Ok(Self::of(&saved.plan, id)?.replayed(saved.repeated))
    }
}

impl ActivityList {
    /// Activities of a plan, and where the next page begins.
    pub fn of(plan: &Plan, activities: Vec<Activity>, next: Option<String>) -> Answer<Self> {
        Answer::of(Self { plan: plan.id, version: plan.version, activities, next }).at(plan.version)
    }
}

impl TeamAnswer {
    /// The team of a plan.
    pub fn of(plan: Plan) -> Answer<Self> {
        let version = plan.version;
        Answer::of(Self { plan: plan.id, version, team: plan.team }).at(version)
    }

    /// The same after a change.
    pub fn saved(saved: Saved) -> Answer<Self> {
        Self::of(saved.plan).replayed(saved.repeated)
    }
}
