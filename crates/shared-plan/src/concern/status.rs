//! The states of a concern (R4 condition-clinical) and the ways between them.

use serde::{Deserialize, Serialize};

/// State of a concern, by the codes of R4 condition-clinical; what was entered in error is so by its verification there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ConcernStatus {
    /// It is there.
    Active,
    /// It was over and is there again.
    Recurrence,
    /// It was better and is there again.
    Relapse,
    /// It does not trouble for now.
    Inactive,
    /// It is better, and may come again.
    Remission,
    /// It is over.
    Resolved,
    /// Should never have been.
    EnteredInError,
}

impl ConcernStatus {
    /// Every state.
    pub const ALL: [Self; 7] = [
        Self::Active,
        Self::Recurrence,
        Self::Relapse,
        Self::Inactive,
        Self::Remission,
        Self::Resolved,
        Self::EnteredInError,
    ];

    /// The code of R4.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Recurrence => "recurrence",
            Self::Relapse => "relapse",
            Self::Inactive => "inactive",
            Self::Remission => "remission",
            Self::Resolved => "resolved",
            Self::EnteredInError => "entered-in-error",
        }
    }

    /// True where it troubles the person now.
    pub fn is_current(self) -> bool {
        match self {
            Self::Active | Self::Recurrence | Self::Relapse => true,
            Self::Inactive | Self::Remission | Self::Resolved | Self::EnteredInError => false,
        }
    }

    /// True where a concern may be entered in this state: one that is over is history, and none to plan for.
    pub fn may_begin(self) -> bool {
        match self {
            Self::Active | Self::Recurrence | Self::Relapse | Self::Inactive | Self::Remission => true,
            Self::Resolved | Self::EnteredInError => false,
        }
    }

    /// True where nobody understands the state without a reason.
    pub fn needs_reason(self) -> bool {
        match self {
            Self::Inactive | Self::Resolved | Self::EnteredInError => true,
            Self::Active | Self::Recurrence | Self::Relapse | Self::Remission => false,
        }
    }

    /// True where one state may follow the other.
    pub fn may_become(self, next: Self) -> bool {
        use ConcernStatus::{Active, EnteredInError, Inactive, Recurrence, Relapse, Remission, Resolved};
        match self {
            Active | Recurrence | Relapse => matches!(next, Inactive | Remission | Resolved | EnteredInError),
            Inactive => matches!(next, Active | Recurrence | Relapse | Remission | Resolved | EnteredInError),
            Remission => matches!(next, Relapse | Recurrence | Inactive | Resolved | EnteredInError),
            // What was over and is there again is the same concern.
            Resolved => matches!(next, Recurrence | Relapse | EnteredInError),
            EnteredInError => false,
        }
    }
}
