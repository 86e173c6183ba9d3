//! The states of a plan (R4 `CarePlan.status`) and the ways between them.

use serde::{Deserialize, Serialize};

/// State of a plan, by the codes of R4 request-status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PlanStatus {
    /// Not yet in force.
    Draft,
    /// In force.
    Active,
    /// Not followed for a while.
    OnHold,
    /// Ended before its time.
    Revoked,
    /// Carried out.
    Completed,
    /// Should never have been.
    EnteredInError,
}

impl PlanStatus {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Active, Self::OnHold, Self::Revoked, Self::Completed, Self::EnteredInError];

    /// The code of R4.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Active => "active",
            Self::OnHold => "on-hold",
            Self::Revoked => "revoked",
            Self::Completed => "completed",
            Self::EnteredInError => "entered-in-error",
        }
    }

    /// True where nothing can be changed any more.
    pub fn is_closed(self) -> bool {
        match self {
            Self::Revoked | Self::Completed | Self::EnteredInError => true,
            Self::Draft | Self::Active | Self::OnHold => false,
        }
    }

    /// True where one state may follow the other.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Draft => matches!(next, Self::Active | Self::Revoked | Self::EnteredInError),
            Self::Active => {
                matches!(next, Self::OnHold | Self::Completed | Self::Revoked | Self::EnteredInError)
            }
            Self::OnHold => {
                matches!(next, Self::Active | Self::Completed | Self::Revoked | Self::EnteredInError)
            }
            // A plan that was closed by mistake is one that says so: the next plan refers to it.
            Self::Completed | Self::Revoked => matches!(next, Self::EnteredInError),
            Self::EnteredInError => false,
        }
    }
}
