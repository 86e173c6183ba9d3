//! The fields of a goal that a form can change, read in one way for everybody: forms are drawn from this, writes are compared
//! with it, and an edit that is kept beside a goal is held against it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::codes::{GOAL_ACHIEVEMENT, canonical_system};
use crate::resource::Resource;
use crate::types::Quantity;
use crate::views::GoalTarget;

/// What a form of a goal shows and changes, in the texts of the source.
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
    pub fn of(goal: &Value, target_index: usize) -> Self {
        let target = &goal["target"][target_index];
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self { achievement: achievement(goal), target_value: value_of(target), due: text(&target["dueDate"]) }.tidy()
    }

    /// Reads the fields of a resource as it was received.
    pub fn read(goal: &Resource, target_index: usize) -> Self {
        Self::of(&goal.to_value(), target_index)
    }

    /// The same without space around a text; a text of space alone says nothing.
    #[must_use]
    pub fn tidy(self) -> Self {
        let tidy = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Self { achievement: tidy(self.achievement), target_value: tidy(self.target_value), due: tidy(self.due) }
    }
}

/// True for a coding of goal-achievement.
pub fn is_achievement(coding: &Value) -> bool {
    coding["system"].as_str().is_some_and(|system| canonical_system(system) == GOAL_ACHIEVEMENT)
}

/// Where the value of a target stands: the pointer from the target to the quantity. `None` where it has none.
pub fn quantity_path(target: &Value) -> Option<&'static [&'static str]> {
    let has = |path: &[&str]| path.iter().try_fold(target, |at, name| at.get(name)).is_some_and(Value::is_object);
    let paths: [&[&str]; 3] = [&["detailQuantity"], &["detailRange", "high"], &["detailRange", "low"]];
    paths.into_iter().find(|path| has(path))
}

impl GoalTarget {
    /// The quantity whose value a form changes, as [`quantity_path`] finds it.
    pub fn quantity(&self) -> Option<&Quantity> {
        let range = self.detail_range.as_ref();
        self.detail_quantity.as_ref().or_else(|| range?.high.as_ref()).or_else(|| range?.low.as_ref())
    }
}

fn achievement(goal: &Value) -> Option<String> {
    let codings = goal["achievementStatus"]["coding"].as_array()?;
    codings.iter().find(|coding| is_achievement(coding))?["code"].as_str().map(str::to_owned)
}

fn value_of(target: &Value) -> Option<String> {
    let quantity = quantity_path(target)?.iter().fold(target, |at, name| &at[*name]);
    quantity["value"].as_number().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_quantity_of_a_target_is_the_one_whose_value_a_form_changes() {
        let high = json!({ "detailRange": { "low": { "value": 60 }, "high": { "value": 80.0, "unit": "kg" } } });
        let low = json!({ "detailRange": { "low": { "value": 60, "unit": "kg" } } });
        let both = json!({ "detailQuantity": { "value": 7.50, "unit": "%" }, "detailRange": high["detailRange"] });
        for (target, value, unit) in [(high, "80.0", "kg"), (low, "60", "kg"), (both, "7.5", "%")] {
            let goal = json!({ "target": [target] });
            assert_eq!(GoalFields::of(&goal, 0).target_value.as_deref(), Some(value));
            let read: GoalTarget = serde_json::from_str(&goal["target"][0].to_string()).expect("views are lenient");
            assert_eq!(read.quantity().and_then(|quantity| quantity.unit.as_deref()), Some(unit));
        }
        assert_eq!(quantity_path(&json!({ "detailString": "better" })), None);
    }
}
