//! What a record says now of the fields that an edit can change.

use fhir::codes::{GOAL_ACHIEVEMENT, canonical_system};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{OverlaidField, OverlayChange};

/// Reads one field of a Goal in the text of the source, as forms of a goal do; `None` where it says nothing there.
pub(super) fn read(goal: &Value, index: usize, field: OverlaidField) -> Option<String> {
    let target = &goal["target"][index];
    let text = match field {
        OverlaidField::Achievement => {
            let codings = goal["achievementStatus"]["coding"].as_array()?;
            let of_achievement = |coding: &&Value| {
                coding["system"].as_str().is_some_and(|system| canonical_system(system) == GOAL_ACHIEVEMENT)
            };
            codings.iter().find(of_achievement)?["code"].as_str()?.to_owned()
        }
        OverlaidField::TargetValue => {
            let quantities = [&target["detailQuantity"], &target["detailRange"]["high"], &target["detailRange"]["low"]];
            let quantity = quantities.into_iter().find(|quantity| quantity.is_object())?;
            quantity["value"].as_number()?.to_string()
        }
        OverlaidField::Due => target["dueDate"].as_str()?.to_owned(),
    };
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// True where the record says of the field what it said when the edit was made; 8 and 8.0 are the same.
pub(super) fn is_as_seen(change: &OverlayChange, now: Option<&str>) -> bool {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<Decimal>().ok());
    let same_number = change.field == OverlaidField::TargetValue
        && number(now).is_some_and(|now| number(change.from.as_deref()) == Some(now));
    change.from.as_deref() == now || same_number
}
