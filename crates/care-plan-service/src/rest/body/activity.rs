//! What an activity says.

use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::plan::{About, ActivityContent, Coded, Goal, Schedule};
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

impl Body for ActivityBody {}

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
