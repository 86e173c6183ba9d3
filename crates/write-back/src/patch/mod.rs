//! The named paths of a goal that an edit changes, on the raw tree.
//!
//! Only these are touched: `achievementStatus` (its coding of goal-achievement, and the text where it would tell the
//! former status), the value of one bound of `target[i].detail[x]`, `target[i].dueDate`, and one more `note`.

mod achievement;
mod note;
mod primitive;
mod target;

use fhir::GoalFields;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::edit::GoalEdit;
use crate::record::Refusal;

/// Applies an edit to a goal. `noted` is the time of the note.
///
/// # Errors
/// A [`Refusal`] where the resource is of a shape that the change does not fit; the tree is then half changed and must
/// be thrown away.
pub fn patch(goal: &mut Value, edit: &GoalEdit, noted: Timestamp) -> Result<(), Refusal> {
    let GoalEdit { base, mine, target_index, note, author, .. } = edit;
    let goal = object(Some(goal), "Goal")?;
    if mine.achievement != base.achievement {
        achievement::patch(goal, mine.achievement.as_deref())?;
    }
    if mine.target_value != base.target_value || mine.due != base.due {
        let (target, path) = target::find(goal, *target_index)?;
        if let Some(value) = mine.target_value.as_deref().filter(|_| mine.target_value != base.target_value) {
            target::patch_value(target, &path, value)?;
        }
        if mine.due != base.due {
            target::patch_due(target, &path, mine.due.as_deref())?;
        }
    }
    match note {
        Some(text) => note::append(goal, text, author, noted),
        None => Ok(()),
    }
}

/// True where a goal holds what the edit wanted; numbers compared by value, since a server may store `7.0` as `7`.
pub(crate) fn holds(goal: &Value, edit: &GoalEdit, noted: Timestamp) -> bool {
    let GoalEdit { base, mine, target_index, note, .. } = edit;
    let now = GoalFields::of(goal, *target_index);
    let number = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<rust_decimal::Decimal>().ok());
    (mine.achievement == base.achievement || mine.achievement == now.achievement)
        && (mine.target_value == base.target_value || number(&mine.target_value) == number(&now.target_value))
        && (mine.due == base.due || mine.due == now.due)
        && note.as_deref().is_none_or(|text| note::is_there(goal, text, noted))
}

fn object<'a>(value: Option<&'a mut Value>, path: &str) -> Result<&'a mut Map<String, Value>, Refusal> {
    value.and_then(Value::as_object_mut).ok_or_else(|| Refusal::Shape { path: path.to_owned() })
}
