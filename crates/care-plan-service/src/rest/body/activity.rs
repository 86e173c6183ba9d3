//! What an activity says.

use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::plan::{About, ActivityContent, Coded, Goal, Member, Schedule};
use shared_plan::{Foreign, Id};

use crate::rest::asked::Body;

/// What an activity says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityBody {
    /// What is to be done.
    description: Coded,
    /// When.
    #[serde(default)]
    schedule: Schedule,
    /// Why: concerns and other resources.
    #[serde(default)]
    reasons: Vec<About>,
    /// The goals that it serves.
    #[serde(default)]
    goals: Vec<Id<Goal>>,
    /// The resource at a source that this activity is.
    #[serde(default)]
    planned: Option<Foreign>,
}

/// A new activity.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewActivityBody {
    /// What is to be done.
    description: Coded,
    /// When.
    #[serde(default)]
    schedule: Schedule,
    /// Why: concerns and other resources.
    #[serde(default)]
    reasons: Vec<About>,
    /// The goals that it serves.
    #[serde(default)]
    goals: Vec<Id<Goal>>,
    /// The resource at a source that this activity is.
    #[serde(default)]
    planned: Option<Foreign>,
    /// Who is to do it: a member of the plan's team.
    #[serde(default)]
    member: Option<Id<Member>>,
}

impl Body for ActivityBody {}
impl Body for NewActivityBody {}

impl NewActivityBody {
    /// Content, and who is to do it.
    pub fn split(self) -> (ActivityContent, Option<Id<Member>>) {
        let content = ActivityContent {
            description: self.description,
            schedule: self.schedule,
            reasons: self.reasons,
            goals: self.goals,
            planned: self.planned,
        };
        (content, self.member)
    }
}

impl From<ActivityBody> for ActivityContent {
    fn from(body: ActivityBody) -> Self {
        Self {
            description: body.description,
            schedule: body.schedule,
            reasons: body.reasons,
            goals: body.goals,
            planned: body.planned,
        }
    }
}
