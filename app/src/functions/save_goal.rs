//! Takes a goal form.
#![expect(clippy::too_many_arguments, reason = "one for each field of the form")]

use leptos::prelude::*;
use shared_plan::commands::Wrong;

use super::desk;
use crate::desk::{GoalAnswer, GoalFields, GoalForm, SavePlace};
use crate::number::{NotRead, typed_number};

/// Hands a goal form to the desk, which writes it at the source that owns the goal.
///
/// The form names an item and a member of this launch's plan, never a source's address or id.
#[server(endpoint = "save_goal")]
pub async fn save_goal(
    /// The goal's item in the plan.
    item: String,
    /// Name of the member within the item.
    member: String,
    /// Position of the target.
    #[server(default)]
    target: u32,
    /// Version the form was drawn from.
    #[server(default)]
    version: String,
    /// Achievement status the form was drawn from.
    #[server(default)]
    base_achievement: String,
    /// Target value the form was drawn from.
    #[server(default)]
    base_target_value: String,
    /// Due date the form was drawn from.
    #[server(default)]
    base_due: String,
    /// Achievement status wanted.
    #[server(default)]
    achievement: String,
    /// Target value wanted.
    #[server(default)]
    target_value: String,
    /// Due date wanted.
    #[server(default)]
    due: String,
    /// Progress note to add.
    #[server(default)]
    note: String,
    /// Where it is saved: the source, or `shared-plan`.
    #[server(default)]
    place: String,
    /// Version of the overlay that the form was drawn beside.
    #[server(default)]
    overlay: String,
    /// Why, for an edit that is kept in the shared plan.
    #[server(default)]
    reason: String,
) -> Result<GoalAnswer, ServerFnError> {
    let desk = desk()?;
    let base =
        GoalFields { achievement: said(base_achievement), target_value: said(base_target_value), due: said(base_due) };
    let mut mine = GoalFields { achievement: said(achievement), target_value: said(target_value), due: said(due) };
    if let Some(text) = mine.target_value.as_mut().filter(|text| base.target_value.as_ref() != Some(&**text)) {
        match typed_number(text) {
            Ok(number) => *text = number.to_string(),
            Err(NotRead::TwoReadings) => {
                let field = Some("target_value".to_owned());
                return Ok(GoalAnswer::Refused { field, why: Wrong::TwoReadings.words() });
            }
            // Where it is kept it is said how it is written there.
            Err(NotRead::NotANumber) => {}
        }
    }
    let form = GoalForm {
        item,
        member,
        target: target as usize,
        version: said(version),
        base,
        mine,
        note: said(note),
        place: SavePlace::parse(&place),
        overlay: said(overlay),
        reason: said(reason),
    };
    Ok(desk.save_goal(form).await)
}

/// The text without the space around it, where it says anything.
fn said(text: String) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
