//! `Goal.achievementStatus`.

use fhir::codes::GOAL_ACHIEVEMENT;
use fhir::goal_fields::is_achievement;
use serde_json::{Map, Value, json};

use super::object;
use super::primitive::{remove, set};
use crate::achievement::Achievement;
use crate::record::Refusal;

const PATH: &str = "achievementStatus";
const CODING: &str = "achievementStatus.coding";

/// Sets or removes the coding of goal-achievement; other codings stay as they are.
pub(super) fn patch(goal: &mut Map<String, Value>, code: Option<&str>) -> Result<(), Refusal> {
    match code {
        Some(code) => write(goal, code),
        None => erase(goal),
    }
}

fn write(goal: &mut Map<String, Value>, code: &str) -> Result<(), Refusal> {
    let display = Achievement::lookup(code).map_or(code, |achievement| achievement.display);
    let concept = object(Some(goal.entry(PATH).or_insert_with(|| json!({}))), PATH)?;
    let codings = concept.entry("coding").or_insert_with(|| json!([]));
    let codings = codings.as_array_mut().ok_or_else(|| Refusal::Shape { path: CODING.to_owned() })?;
    match position(codings)? {
        Some(index) => {
            let coding = object(codings.get_mut(index), CODING)?;
            set(coding, "code", code.into());
            if coding.contains_key("display") || coding.contains_key("_display") {
                set(coding, "display", display.into());
            }
        }
        None => codings.push(json!({ "system": GOAL_ACHIEVEMENT, "code": code, "display": display })),
    }
    // The text is what people read: left alone it would go on telling the former status.
    if concept.contains_key("text") || concept.contains_key("_text") {
        set(concept, "text", display.into());
    }
    Ok(())
}

fn erase(goal: &mut Map<String, Value>) -> Result<(), Refusal> {
    let Some(concept) = goal.get_mut(PATH) else { return Ok(()) };
    let concept = object(Some(concept), PATH)?;
    if let Some(codings) = concept.get_mut("coding") {
        let codings = codings.as_array_mut().ok_or_else(|| Refusal::Shape { path: CODING.to_owned() })?;
        if let Some(index) = position(codings)? {
            codings.remove(index);
        }
        // A coding of another system would go on telling the status that the user wants gone.
        if !codings.is_empty() {
            return Err(Refusal::Shape { path: CODING.to_owned() });
        }
        concept.shift_remove("coding");
    }
    remove(concept, "text");
    if !concept.contains_key("extension") {
        goal.shift_remove(PATH);
    }
    Ok(())
}

/// Where the coding of goal-achievement stands. Two of them contradict each other, and which one counts is not known.
fn position(codings: &[Value]) -> Result<Option<usize>, Refusal> {
    let mut found = codings.iter().enumerate().filter(|(_, coding)| is_achievement(coding)).map(|(index, _)| index);
    match (found.next(), found.next()) {
        (first, None) => Ok(first),
        _ => Err(Refusal::Shape { path: CODING.to_owned() }),
    }
}
