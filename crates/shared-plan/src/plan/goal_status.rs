//! The states of a goal (R4 `Goal.lifecycleStatus`), the ways between them, and its achievement.

use serde::{Deserialize, Serialize};

/// State of a goal, by the codes of R4 goal-status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalStatus {
    /// Somebody would like it.
    Proposed,
    /// It is to be pursued.
    Planned,
    /// All have agreed.
    Accepted,
    /// It is pursued.
    Active,
    /// Not pursued for a while.
    OnHold,
    /// Over, reached or not.
    Completed,
    /// Given up.
    Cancelled,
    /// Should never have been.
    EnteredInError,
    /// Was proposed and not taken.
    Rejected,
}

impl GoalStatus {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::Proposed,
        Self::Planned,
        Self::Accepted,
        Self::Active,
        Self::OnHold,
        Self::Completed,
        Self::Cancelled,
        Self::EnteredInError,
        Self::Rejected,
    ];

    /// The code of R4.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Planned => "planned",
            Self::Accepted => "accepted",
            Self::Active => "active",
            Self::OnHold => "on-hold",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::EnteredInError => "entered-in-error",
            Self::Rejected => "rejected",
        }
    }

    /// True where time runs for it.
    pub fn is_pursued(self) -> bool {
        match self {
            Self::Planned | Self::Accepted | Self::Active => true,
            // A proposal binds nobody, and what is on hold has its time back when it goes on.
            Self::Proposed
            | Self::OnHold
            | Self::Completed
            | Self::Cancelled
            | Self::EnteredInError
            | Self::Rejected => false,
        }
    }

    /// True where it may still change.
    pub fn is_open(self) -> bool {
        match self {
            Self::Proposed | Self::Planned | Self::Accepted | Self::Active | Self::OnHold => true,
            Self::Completed | Self::Cancelled | Self::EnteredInError | Self::Rejected => false,
        }
    }

    /// True where one state may follow the other.
    pub fn may_become(self, next: Self) -> bool {
        use GoalStatus::{Accepted, Active, Cancelled, Completed, EnteredInError, OnHold, Planned, Proposed, Rejected};
        match self {
            Proposed => matches!(next, Planned | Accepted | Active | Rejected | Cancelled | EnteredInError),
            Planned => matches!(next, Accepted | Active | OnHold | Cancelled | Rejected | EnteredInError),
            Accepted => matches!(next, Active | OnHold | Cancelled | EnteredInError),
            Active => matches!(next, OnHold | Completed | Cancelled | EnteredInError),
            OnHold => matches!(next, Active | Completed | Cancelled | EnteredInError),
            // What was over can be taken up again: a relapse is the same goal.
            Completed | Cancelled => matches!(next, Active | EnteredInError),
            Rejected => matches!(next, Proposed | EnteredInError),
            EnteredInError => false,
        }
    }
}

/// How far a goal is reached, by the codes of R4 goal-achievement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Achievement {
    /// Being worked on.
    InProgress,
    /// On the way.
    Improving,
    /// Away from it.
    Worsening,
    /// Neither.
    NoChange,
    /// Reached.
    Achieved,
    /// Reached, and kept.
    Sustaining,
    /// Not reached.
    NotAchieved,
    /// Nothing has happened.
    NoProgress,
    /// Will not be reached.
    NotAttainable,
}

impl Achievement {
    /// Every value.
    pub const ALL: [Self; 9] = [
        Self::InProgress,
        Self::Improving,
        Self::Worsening,
        Self::NoChange,
        Self::Achieved,
        Self::Sustaining,
        Self::NotAchieved,
        Self::NoProgress,
        Self::NotAttainable,
    ];

    /// The code of R4.
    pub fn code(self) -> &'static str {
        match self {
            Self::InProgress => "in-progress",
            Self::Improving => "improving",
            Self::Worsening => "worsening",
            Self::NoChange => "no-change",
            Self::Achieved => "achieved",
            Self::Sustaining => "sustaining",
            Self::NotAchieved => "not-achieved",
            Self::NoProgress => "no-progress",
            Self::NotAttainable => "not-attainable",
        }
    }

    /// True where the goal is reached: time does not run for it any more.
    pub fn is_reached(self) -> bool {
        match self {
            Self::Achieved | Self::Sustaining => true,
            Self::InProgress
            | Self::Improving
            | Self::Worsening
            | Self::NoChange
            | Self::NotAchieved
            | Self::NoProgress
            | Self::NotAttainable => false,
        }
    }

    /// Reads the code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|value| value.code() == code)
    }
}
