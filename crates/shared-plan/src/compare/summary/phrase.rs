//! Words for people who know no codes.

use crate::compare::Said;
use crate::compare::said::day_in_words;
use crate::plan::{Activity, Coded, Goal, Target, TargetValue};

/// A concept in words; nothing where only a code is known.
pub(super) fn concept(coded: &Coded) -> Option<&str> {
    let display = || coded.codings.iter().find_map(|coding| coding.display.as_deref());
    coded.text.as_deref().or_else(display).map(str::trim).filter(|words| !words.is_empty())
}

pub(super) fn goal(goal: &Goal) -> String {
    concept(&goal.content.description).unwrap_or("a goal").to_owned()
}

pub(super) fn activity(activity: &Activity) -> String {
    concept(&activity.content.description).unwrap_or("an activity").to_owned()
}

/// What is to be reached: "8.0 %".
pub(super) fn value(value: &TargetValue) -> Option<String> {
    let said = |quantity| Said::from(quantity).words();
    match value {
        TargetValue::Quantity(quantity) => Some(said(quantity)),
        TargetValue::Concept(coded) => concept(coded).map(str::to_owned),
        TargetValue::Text(text) => Some(text.clone()),
        TargetValue::Range { low: Some(low), high: Some(high) } => {
            Some(format!("between {} and {}", said(low), said(high)))
        }
        TargetValue::Range { low: Some(low), high: None } => Some(format!("at least {}", said(low))),
        TargetValue::Range { low: None, high: Some(high) } => Some(format!("at most {}", said(high))),
        TargetValue::Range { low: None, high: None } => None,
    }
}

/// A target in a few words: "HbA1c 8.0 % by 1 March 2027". Nothing where it says nothing.
pub(super) fn target(target: &Target) -> Option<String> {
    let measure = target.measure.as_ref().and_then(concept).map(str::to_owned);
    let due = target.due.map(|due| format!("by {}", day_in_words(due)));
    let words: Vec<String> = [measure, target.value.as_ref().and_then(value), due].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
