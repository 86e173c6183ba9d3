//! The states of an overlay and the ways between them.

use serde::{Deserialize, Serialize};

/// State of an overlay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum OverlayStatus {
    /// It is shown beside the resource that it could not change.
    Standing,
    /// Whoever made it, or somebody after them, does not want it any more.
    Withdrawn,
    /// The source says the same now.
    Taken,
}

impl OverlayStatus {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Standing, Self::Withdrawn, Self::Taken];

    /// The word in stores and answers.
    pub fn code(self) -> &'static str {
        match self {
            Self::Standing => "standing",
            Self::Withdrawn => "withdrawn",
            Self::Taken => "taken",
        }
    }

    /// True where one state may follow the other. What is wanted again is laid anew, over what the source says by then.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Standing => matches!(next, Self::Withdrawn | Self::Taken),
            Self::Withdrawn | Self::Taken => next == Self::Standing,
        }
    }
}
