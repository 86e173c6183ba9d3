//! Activities of a shared plan.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{About, ActivityStatus, Coded, Goal, Member, Note, Period};
use crate::{Foreign, Id, Version, Who};

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Activity {
    /// Its id, for ever.
    pub id: Id<Activity>,
    /// How often this activity was changed.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// State.
    pub status: ActivityStatus,
    /// Why it is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Who is to do it: a member of the plan's team.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned: Option<Id<Member>>,
    /// That it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completion: Option<Completion>,
    /// What was written to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What it says.
    #[serde(flatten)]
    pub content: ActivityContent,
}

/// What an activity says: what a form shows and changes as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActivityContent {
    /// What is to be done.
    pub description: Coded,
    /// When.
    #[serde(default)]
    pub schedule: Schedule,
    /// Why: concerns and other resources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<About>,
    /// The goals that it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<Id<Goal>>,
    /// The resource at a source that this activity is, such as a ServiceRequest that was ordered there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Foreign>,
}

/// When an activity is to be done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// Between which days.
    #[serde(default)]
    pub period: Period,
    /// The last day on which it is not late.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
    /// How often, in words: "every morning", "three times a week".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub often: Option<String>,
}

/// That an activity was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Completion {
    /// Who says so.
    pub by: Who,
    /// When they said it.
    pub at: Timestamp,
    /// On which day it was done.
    pub day: Date,
    /// What came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Coded>,
    /// Resources at sources that show it, such as a Procedure or an Encounter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub performed: Vec<Foreign>,
}

impl Activity {
    /// The last day on which it is not overdue, where it is open and has one.
    pub fn due(&self) -> Option<Date> {
        let day = self.content.schedule.due.or(self.content.schedule.period.end);
        if self.status.is_awaited() { day } else { None }
    }
}
