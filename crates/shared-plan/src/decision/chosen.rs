//! How an issue was settled, and whether that holds.

use serde::{Deserialize, Serialize};

use crate::Foreign;

/// How an issue was settled (`care_plan::decisions::SettledAs`; what is taken back there is withdrawn here).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// What one record says counts.
    Adopted(Foreign),
    /// Changed to something that no record said, or something was added to the plan.
    Changed,
    /// Left as it is, on purpose.
    KeptAsIs,
    /// No issue for this person: both can stand.
    NotAnIssue,
    /// The care team was asked.
    AskedTeam,
    /// The prescriber was asked.
    AskedPrescriber,
}

impl Chosen {
    /// The word in answers.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Adopted(_) => "adopted",
            Self::Changed => "changed",
            Self::KeptAsIs => "kept-as-is",
            Self::NotAnIssue => "not-an-issue",
            Self::AskedTeam => "asked-team",
            Self::AskedPrescriber => "asked-prescriber",
        }
    }

    /// True where nobody understands it without a reason: the records go on to differ.
    pub fn needs_reason(&self) -> bool {
        match self {
            Self::KeptAsIs | Self::NotAnIssue => true,
            Self::Adopted(_) | Self::Changed | Self::AskedTeam | Self::AskedPrescriber => false,
        }
    }
}

/// State of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DecisionStatus {
    /// It holds.
    InForce,
    /// It was taken back: the issue is open again.
    Withdrawn,
}

impl DecisionStatus {
    /// Every state.
    pub const ALL: [Self; 2] = [Self::InForce, Self::Withdrawn];

    /// The word in stores and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// True where one state may follow the other: what was taken back can be settled once more.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::InForce => next == Self::Withdrawn,
            Self::Withdrawn => next == Self::InForce,
        }
    }
}
