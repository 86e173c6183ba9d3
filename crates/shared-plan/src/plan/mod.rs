//! The shared plan as it is kept: one document, whose parts have ids of their own.

mod about;
mod activity;
mod activity_status;
mod coded;
mod digits;
mod document;
mod ended;
mod goal;
mod goal_status;
mod note;
mod period;
mod pointed;
mod programme;
mod review;
mod status;
mod team;
mod value;
mod workflow;

pub use about::About;
pub use activity::{Activity, ActivityContent, Completion, Schedule};
pub use activity_status::ActivityStatus;
pub use coded::{Coded, Coding};
pub use goal::{Acceptance, AcceptanceAnswer, Achieved, Goal, GoalContent, Priority, Target};
pub use goal_status::{Achievement, GoalStatus};
pub use note::Note;
pub use period::Period;
pub use pointed::Pointed;
pub use programme::Programme;
pub use review::{Approval, Review, ReviewState, SignOff};
pub use status::PlanStatus;
pub use team::{Member, MemberContent, Team};
pub use value::{Comparator, Quantity, TargetValue};
pub use workflow::Workflow;

use access::{PersonId, TenantId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use crate::kept::ContentError;
use crate::{Foreign, Id, Version, Who};

/// A plan that everyone has agreed on, or is about to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Plan {
    /// Its id, for ever.
    pub id: Id<Plan>,
    /// Its tenant, for ever.
    pub tenant: TenantId,
    /// Whose plan it is, for ever.
    #[cfg_attr(feature = "schema", schemars(with = "Id<PersonId>"))]
    pub person: PersonId,
    /// How often it was changed, its parts included.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// When the first version was made.
    pub created: Timestamp,
    /// State.
    pub status: PlanStatus,
    /// Why it is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Review and sign-off.
    pub review: Review,
    /// Who made it.
    pub author: Who,
    /// Everybody else who changed it, in the order of their first change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributors: Vec<Who>,
    /// What it says itself.
    #[serde(flatten)]
    pub content: PlanContent,
    /// Its goals, in the order in which they were added; none ever leaves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Goal>,
    /// Its activities, in the order in which they were added; none ever leaves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activities: Vec<Activity>,
    /// Its team.
    pub team: Team,
}

/// What a plan says itself, its parts apart: what a form shows and changes as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlanContent {
    /// What people call it.
    pub title: String,
    /// What it is for, in a few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What kind of plan it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Coded>,
    /// For which time.
    #[serde(default)]
    pub period: Period,
    /// Who keeps it: an Organization at a source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custodian: Option<Foreign>,
    /// Which concerns it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<About>,
    /// What was considered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supporting_information: Vec<Foreign>,
    /// The encounter in which it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encounter: Option<Foreign>,
    /// The canonical URLs of the protocols that it follows (`PlanDefinition`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instantiates: Vec<String>,
    /// The plans at sources that it takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaces: Vec<Foreign>,
}

impl Plan {
    /// The goal with this id.
    pub fn goal(&self, id: Id<Goal>) -> Option<&Goal> {
        self.goals.iter().find(|goal| goal.id == id)
    }

    /// The activity with this id.
    pub fn activity(&self, id: Id<Activity>) -> Option<&Activity> {
        self.activities.iter().find(|activity| activity.id == id)
    }

    /// The member with this id.
    pub fn member(&self, id: Id<Member>) -> Option<&Member> {
        self.team.members.iter().find(|member| member.id == id)
    }

    /// The goals that may still change.
    pub fn open_goals(&self) -> impl Iterator<Item = &Goal> {
        self.goals.iter().filter(|goal| goal.status.is_open())
    }

    /// The activities that are still to be done.
    pub fn open_activities(&self) -> impl Iterator<Item = &Activity> {
        self.activities.iter().filter(|activity| activity.status.is_open())
    }
}
