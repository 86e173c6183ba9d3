//! What a goal says.

use access::{Role, UserKey};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use shared_plan::commands::NewTarget;
use shared_plan::plan::{About, Coded, GoalContent, GoalStatus, Priority};
use shared_plan::{Foreign, Who};

use crate::rest::asked::Body;

/// What a goal says. A target that is there keeps its id where it is sent along; one without is new.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalBody {
    /// What is to be reached.
    description: Coded,
    /// Such as dietary, safety, behavioral.
    #[serde(default)]
    categories: Vec<Coded>,
    /// How much it matters.
    #[serde(default)]
    priority: Option<Priority>,
    /// From when on it is pursued.
    #[serde(default)]
    start: Option<Date>,
    /// By what it is seen to be reached.
    #[serde(default)]
    targets: Vec<NewTarget>,
    /// Which concerns it is for.
    #[serde(default)]
    addresses: Vec<About>,
    /// Whose goal it is, where it is not its author's.
    #[serde(default)]
    expressed_by: Option<WhoBody>,
}

/// A new goal.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewGoalBody {
    /// In which state it begins: proposed, planned, accepted or active.
    #[serde(default = "proposed")]
    pub status: GoalStatus,
    /// What is to be reached.
    description: Coded,
    /// Such as dietary, safety, behavioral.
    #[serde(default)]
    categories: Vec<Coded>,
    /// How much it matters.
    #[serde(default)]
    priority: Option<Priority>,
    /// From when on it is pursued.
    #[serde(default)]
    start: Option<Date>,
    /// By what it is seen to be reached.
    #[serde(default)]
    targets: Vec<NewTarget>,
    /// Which concerns it is for.
    #[serde(default)]
    addresses: Vec<About>,
    /// Whose goal it is, where it is not its author's.
    #[serde(default)]
    expressed_by: Option<WhoBody>,
}

fn proposed() -> GoalStatus {
    GoalStatus::Proposed
}

/// Somebody.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoBody {
    /// The name as people read it.
    name: String,
    /// In which role.
    #[serde(default)]
    role: Option<Role>,
    /// Their own resource.
    #[serde(default)]
    resource: Option<Foreign>,
    /// Issuer and subject, where they are known.
    #[serde(default)]
    user: Option<UserBody>,
}

/// A user.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UserBody {
    /// `iss`.
    issuer: String,
    /// `sub`.
    subject: String,
}

impl Body for GoalBody {}
impl Body for NewGoalBody {}

impl From<WhoBody> for Who {
    fn from(body: WhoBody) -> Self {
        let user = body.user.map(|user| UserKey { issuer: user.issuer, subject: user.subject });
        Self { user, role: body.role, name: body.name, resource: body.resource }
    }
}

impl GoalBody {
    /// Content and targets.
    pub fn split(self) -> (GoalContent, Vec<NewTarget>) {
        let content = GoalContent {
            description: self.description,
            categories: self.categories,
            priority: self.priority,
            start: self.start,
            targets: Vec::new(),
            addresses: self.addresses,
            expressed_by: self.expressed_by.map(Who::from),
        };
        (content, self.targets)
    }
}

impl NewGoalBody {
    /// Content and targets.
    pub fn split(self) -> (GoalContent, Vec<NewTarget>) {
        let body = GoalBody {
            description: self.description,
            categories: self.categories,
            priority: self.priority,
            start: self.start,
            targets: self.targets,
            addresses: self.addresses,
            expressed_by: self.expressed_by,
        };
        body.split()
    }
}
