//! Goals of a shared plan.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{About, Achievement, Coded, GoalStatus, Note, TargetValue};
use crate::{Id, Version, Who};

/// What is to be reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Goal {
    /// Its id, for ever.
    pub id: Id<Goal>,
    /// How often this goal was changed.
    pub version: Version,
    /// When this version was made.
    pub at: Timestamp,
    /// State.
    pub status: GoalStatus,
    /// Why it is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// How far it is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievement: Option<Achieved>,
    /// The version of this goal since which it says what it says: an answer to an earlier one was given to another wording.
    /// Not there where an earlier release kept it and nobody has changed it since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub worded: Option<Version>,
    /// What everybody has said to it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acceptance: Vec<Acceptance>,
    /// What was written to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// What it says.
    #[serde(flatten)]
    pub content: GoalContent,
}

/// What a goal says: what a form shows and changes as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GoalContent {
    /// What is to be reached.
    pub description: Coded,
    /// Such as dietary, safety, behavioral.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Coded>,
    /// How much it matters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// From when on it is pursued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// By what it is seen to be reached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub targets: Vec<Target>,
    /// Which concerns it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<About>,
    /// Whose goal it is, where it is not its author's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expressed_by: Option<Who>,
}

/// One target of a goal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Target {
    /// Its id, for ever.
    pub id: Id<Target>,
    /// What is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Coded>,
    /// What is to be reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<TargetValue>,
    /// Until when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Date>,
}

/// How much a goal matters (R4 goal-priority).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Priority {
    /// Before others.
    High,
    /// As others.
    Medium,
    /// After others.
    Low,
}

impl Priority {
    /// The code in goal-priority, without its suffix.
    pub fn code(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// How far a goal is reached, who says so and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Achieved {
    /// How far.
    pub status: Achievement,
    /// Who says so.
    pub by: Who,
    /// Since when.
    pub at: Timestamp,
}

/// What one person has said to a goal (extension goal-acceptance).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Acceptance {
    /// Who.
    pub by: Who,
    /// What they say.
    pub answer: AcceptanceAnswer,
    /// How much it matters to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// When they said it.
    pub at: Timestamp,
    /// The version of the goal to which they said it. Not there for what an earlier release kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_to: Option<Version>,
}

/// Answers to a goal (value set goal-acceptance-status).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AcceptanceAnswer {
    /// Supports it.
    Agree,
    /// Is against it.
    Disagree,
    /// Has not made up their mind.
    Pending,
}

impl AcceptanceAnswer {
    /// The code of the value set.
    pub fn code(self) -> &'static str {
        match self {
            Self::Agree => "agree",
            Self::Disagree => "disagree",
            Self::Pending => "pending",
        }
    }
}

impl Goal {
    /// True where an answer was given to what the goal says now. Nobody has agreed to a target that came after.
    pub fn is_answered_by(&self, said: &Acceptance) -> bool {
        self.worded.is_none_or(|worded| said.said_to.is_some_and(|said_to| said_to >= worded))
    }

    /// True where somebody has said that it is reached.
    pub fn is_reached(&self) -> bool {
        self.achievement.as_ref().is_some_and(|achieved| achieved.status.is_reached())
    }

    /// The last day on which it is not overdue, where it is pursued and has one: the latest of its targets' days, because
    /// a goal is late when nothing is left of its time.
    pub fn due(&self) -> Option<Date> {
        let pursued = self.status.is_pursued() && !self.is_reached();
        pursued.then(|| self.content.targets.iter().filter_map(|target| target.due).max()).flatten()
    }
}
