//! What the commands beside changes of content take.

use std::collections::BTreeMap;

use access::Role;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::Id;
use shared_plan::commands::{Done, GoalLeft, LeftOpen};
use shared_plan::plan::{
    AcceptanceAnswer, Achievement, Activity, ActivityStatus, Goal, GoalStatus, Member, PlanStatus, Priority,
};

use super::present;
use crate::rest::asked::Body;

/// Nothing more than version and reason.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// How a plan is closed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseBody {
    /// Completed, revoked or entered in error.
    pub status: PlanStatus,
    /// What becomes of each open activity, by its id.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, LeftOpen>")]
    pub open: BTreeMap<Id<Activity>, LeftOpen>,
    /// What becomes of each open goal, by its id: goals end with their plan, and one that is to go on is a goal of another.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, GoalLeft>")]
    pub open_goals: BTreeMap<Id<Goal>, GoalLeft>,
}

/// The state of a goal.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalStatusBody {
    /// The next state.
    pub status: GoalStatus,
}

/// How far a goal is reached.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AchievementBody {
    /// How far.
    pub achievement: Achievement,
    /// True where what was said before was a mistake: who counts is told that nothing happened.
    #[serde(default)]
    pub correction: bool,
}

/// What the caller says to a goal.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptanceBody {
    /// Whether they support it.
    pub answer: AcceptanceAnswer,
    /// How much it matters to them.
    #[serde(default)]
    pub priority: Option<Priority>,
}

/// A note.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// What it says.
    pub text: String,
}

/// The state of an activity.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityStatusBody {
    /// The next state. That it is completed is said by `complete`.
    pub status: ActivityStatus,
}

/// Who is to do an activity.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssignBody {
    /// A member of the plan's team; `null` for nobody.
    #[serde(deserialize_with = "present")]
    #[schemars(required)]
    pub member: Option<Id<Member>>,
}

/// Who is asked to sign.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RolesBody {
    /// The roles, each of which has to sign.
    pub roles: Vec<Role>,
}

/// When the plan is to be reviewed again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextReviewBody {
    /// The last day on which it is not late; `null` for none.
    #[serde(deserialize_with = "present")]
    #[schemars(required)]
    pub next: Option<Date>,
}

impl Body for Nothing {}
impl Body for CloseBody {}
impl Body for GoalStatusBody {}
impl Body for AchievementBody {}
impl Body for AcceptanceBody {}
impl Body for NoteBody {}
impl Body for ActivityStatusBody {}
impl Body for AssignBody {}
impl Body for Done {}
impl Body for RolesBody {}
impl Body for NextReviewBody {}
