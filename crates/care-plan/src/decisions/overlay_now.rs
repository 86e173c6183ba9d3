//! What a record says now of the fields that an edit can change.

use fhir::GoalFields;
use rust_decimal::Decimal;

use super::{OverlaidField, OverlayChange};

/// What the record says of one field; `None` where it says nothing there.
pub(super) fn of(now: &GoalFields, field: OverlaidField) -> Option<String> {
    match field {
        OverlaidField::Achievement => now.achievement.clone(),
        OverlaidField::TargetValue => now.target_value.clone(),
        OverlaidField::Due => now.due.clone(),
    }
}

/// True where the record says of the field what it said when the edit was made; 8 and 8.0 are the same.
pub(super) fn is_as_seen(change: &OverlayChange, now: Option<&str>) -> bool {
    let number = |text: Option<&str>| text.and_then(|text| text.parse::<Decimal>().ok());
    let same_number = change.field == OverlaidField::TargetValue
        && number(now).is_some_and(|now| number(change.from.as_deref()) == Some(now));
    change.from.as_deref() == now || same_number
}
