//! The states of an activity (R4 `Task.status`) and the ways between them.

use serde::{Deserialize, Serialize};

/// State of an activity, by the codes of R4 task-status that make sense for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ActivityStatus {
    /// Being written.
    Draft,
    /// To be done by somebody.
    Requested,
    /// Somebody has said that they do it.
    Accepted,
    /// Somebody has said that they do not.
    Rejected,
    /// Being done.
    InProgress,
    /// Not being done for a while.
    OnHold,
    /// Was tried in vain.
    Failed,
    /// Done.
    Completed,
    /// Not to be done any more.
    Cancelled,
    /// Should never have been.
    EnteredInError,
}

impl ActivityStatus {
    /// Every state.
    pub const ALL: [Self; 10] = [
        Self::Draft,
        Self::Requested,
        Self::Accepted,
        Self::Rejected,
        Self::InProgress,
        Self::OnHold,
        Self::Failed,
        Self::Completed,
        Self::Cancelled,
        Self::EnteredInError,
    ];

    /// The code of R4.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Requested => "requested",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
            Self::InProgress => "in-progress",
            Self::OnHold => "on-hold",
            Self::Failed => "failed",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
            Self::EnteredInError => "entered-in-error",
        }
    }

    /// True where it is still to be done, so that closing the plan asks about it.
    pub fn is_open(self) -> bool {
        match self {
            Self::Draft | Self::Requested | Self::Accepted | Self::Rejected | Self::InProgress | Self::OnHold => true,
            Self::Failed | Self::Completed | Self::Cancelled | Self::EnteredInError => false,
        }
    }

    /// True where time runs for it. A rejected one still waits for somebody to do it.
    pub fn is_awaited(self) -> bool {
        match self {
            Self::Requested | Self::Accepted | Self::Rejected | Self::InProgress => true,
            Self::Draft | Self::OnHold | Self::Failed | Self::Completed | Self::Cancelled | Self::EnteredInError => {
                false
            }
        }
    }

    /// True where one state may follow the other.
    pub fn may_become(self, next: Self) -> bool {
        use ActivityStatus::{
            Accepted, Cancelled, Completed, Draft, EnteredInError, Failed, InProgress, OnHold, Rejected, Requested,
        };
        match self {
            Draft => matches!(next, Requested | Accepted | InProgress | Completed | Cancelled | EnteredInError),
            Requested => {
                matches!(
                    next,
                    Accepted | Rejected | InProgress | OnHold | Completed | Failed | Cancelled | EnteredInError
                )
            }
            // Requested again: whoever had taken it up gives it back, or somebody else is to do it.
            Accepted => {
                matches!(
                    next,
                    Requested | Rejected | InProgress | OnHold | Completed | Failed | Cancelled | EnteredInError
                )
            }
            // Given to somebody else, or given up.
            Rejected => matches!(next, Requested | Cancelled | EnteredInError),
            InProgress => matches!(next, OnHold | Completed | Failed | Cancelled | EnteredInError),
            OnHold => matches!(next, Requested | InProgress | Completed | Failed | Cancelled | EnteredInError),
            // A second try is the same activity; what was done cannot become undone, only wrong.
            Failed | Cancelled => matches!(next, Requested | EnteredInError),
            Completed => matches!(next, EnteredInError),
            EnteredInError => false,
        }
    }
}
