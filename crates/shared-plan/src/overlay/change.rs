//! What an edit changes.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// One changed field, in the texts of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FieldChange {
    /// Which field.
    pub field: EditedField,
    /// What it was; `None` where it said nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// What it should be; `None` where it should say nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

// Those of `fhir::GoalFields`; the line below is told to programs.
/// The fields of a Goal that a form can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum EditedField {
    /// Code of `achievementStatus` in goal-achievement.
    Achievement,
    /// Value of the target with its digits.
    TargetValue,
    /// `target.dueDate`.
    Due,
}

impl EditedField {
    /// Every field.
    pub const ALL: [Self; 3] = [Self::Achievement, Self::TargetValue, Self::Due];

    /// The word for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Achievement => "achievement",
            Self::TargetValue => "target-value",
            Self::Due => "due",
        }
    }
}

impl FieldChange {
    /// True where what a resource says now is what was wanted. A number counts, and not its digits: a source may write
    /// 8 for 8.0.
    pub fn is_in(&self, now: Option<&str>) -> bool {
        let number = |text: &str| text.trim().parse::<Decimal>().ok();
        match (self.field, self.to.as_deref(), now) {
            (_, None, None) => true,
            (EditedField::TargetValue, Some(to), Some(now)) if number(to).is_some() => number(to) == number(now),
            (_, Some(to), Some(now)) => to == now,
            (_, None, Some(_)) | (_, Some(_), None) => false,
        }
    }
}
