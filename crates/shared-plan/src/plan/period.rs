//! Times with a beginning and an end.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// From one day to another, both included; an end that is not there is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<Date>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<Date>,
}

impl Period {
    /// True where the end does not come before the start.
    pub fn is_forward(&self) -> bool {
        self.start.zip(self.end).is_none_or(|(start, end)| start <= end)
    }

    /// True on a day within.
    pub fn holds(&self, day: Date) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day <= end)
    }
}
