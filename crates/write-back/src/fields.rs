//! The fields of a goal that a form can change.

use fhir::codes::{GOAL_ACHIEVEMENT, canonical_system};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the goal form shows and changes, in the texts of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoalFields {
    /// Code of `achievementStatus` in the system goal-achievement.
    pub achievement: Option<String>,
    /// Value of the target with its digits: the quantity's, or a range's high bound, or its low bound where that is all.
    pub target_value: Option<String>,
    /// `target.dueDate`.
    pub due: Option<String>,
}

impl GoalFields {
    /// Reads the fields of a Goal; what is absent or of another shape is `None`.
    ///
    /// Forms are drawn from this and writes are compared with it, so that both mean the same.
    pub fn of(goal: &Value, target_index: usize) -> Self {
        let target = &goal["target"][target_index];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self { achievement: achievement(goal), target_value: value_of(target), due: text(&target["dueDate"]) }.tidy()
    }

    /// Reads the fields of a resource as it was received.
    pub fn read(goal: &fhir::Resource, target_index: usize) -> Self {
        Self::of(&goal.to_value(), target_index)
    }

    pub(crate) fn tidy(self) -> Self {
        let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self { achievement: tidy(self.achievement), target_value: tidy(self.target_value), due: tidy(self.due) }
    }
}

/// True for a coding of goal-achievement.
pub(crate) fn is_achievement(coding: &Value) -> bool {
    coding["system"].as_str().is_some_and(|system| canonical_system(system) == GOAL_ACHIEVEMENT)
}

/// Where the value of a target stands: the pointer from the target to the quantity. `None` where it has none.
pub(crate) fn quantity_path(target: &Value) -> Option<&'static [&'static str]> {
    let has = |path: &[&str]| path.iter().try_fold(target, |at, name| at.get(name)).is_some_and(Value::is_object);
    let paths: [&[&str]; 3] = [&["detailQuantity"], &["detailRange", "high"], &["detailRange", "low"]];
    paths.into_iter().find(|path| has(path))
}

fn achievement(goal: &Value) -> Option<String> {
    let codings = goal["achievementStatus"]["coding"].as_array()?;
    codings.iter().find(|coding| is_achievement(coding))?["code"].as_str().map(str::to_owned)
}

fn value_of(target: &Value) -> Option<String> {
    let quantity = quantity_path(target)?.iter().fold(target, |at, name| &at[*name]);
    quantity["value"].as_number().map(ToString::to_string)
}
