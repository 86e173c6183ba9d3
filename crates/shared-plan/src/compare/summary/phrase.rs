//! Words for people who know no codes.

use crate::compare::Said;
use crate::compare::legible::{NAME, TEXT, legible};
use crate::compare::said::day_in_words;
use crate::plan::{Activity, Coded, Goal, Quantity, Target, TargetValue};

/// A concept in words; nothing where only a code is known.
pub(super) fn concept(coded: &Coded) -> Option<&str> {
    let display = || coded.codings.iter().find_map(|coding| coding.display.as_deref());
    coded.text.as_deref().or_else(display).map(str::trim).filter(|words| !words.is_empty())
}

pub(super) fn goal(goal: &Goal) -> String {
    legible(concept(&goal.content.description).unwrap_or("a goal"), NAME)
}

pub(super) fn activity(activity: &Activity) -> String {
    legible(concept(&activity.content.description).unwrap_or("an activity"), NAME)
}

/// Several as people say them: "nurse, driver and neighbour".
pub(super) fn and(all: &[String]) -> String {
    match all {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// What is to be reached: "8.0 %".
pub(super) fn value(value: &TargetValue) -> Option<String> {
    let said = |quantity: &Quantity| {
        let unit = quantity.unit.clone().or_else(|| quantity.ucum.as_deref().map(spoken));
        Said::from(&Quantity { unit, ..quantity.clone() }).words()
    };
    match value {
        TargetValue::Quantity(quantity) => Some(said(quantity)),
        TargetValue::Concept(coded) => concept(coded).map(|words| legible(words, TEXT)),
        TargetValue::Text(text) => Some(legible(text, TEXT)),
        TargetValue::Range { low: Some(low), high: Some(high) } => {
            Some(format!("between {} and {}", said(low), said(high)))
        }
        TargetValue::Range { low: Some(low), high: None } => Some(format!("at least {}", said(low))),
        TargetValue::Range { low: None, high: Some(high) } => Some(format!("at most {}", said(high))),
        TargetValue::Range { low: None, high: None } => None,
    }
}

/// A unit as people write it, where only its code in UCUM is known.
fn spoken(ucum: &str) -> String {
    let word = match ucum {
        "mm[Hg]" => "mmHg",
        "Cel" => "°C",
        "[degF]" => "°F",
        "[lb_av]" => "lb",
        "[in_i]" => "inches",
        "min" => "minutes",
        "h" => "hours",
        "d" => "days",
        "1" => "",
        other => return without_brackets(other),
    };
    word.to_owned()
}

/// The marks of UCUM mean nothing to people, wherever they stand: `{beats}/min`, `[IU]/L`. A remark on a unit stands apart
/// from it: `mg{creat}/dL`.
fn without_brackets(ucum: &str) -> String {
    let mut said = String::new();
    for c in ucum.chars() {
        match c {
            '{' if said.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '%' | ']')) => said.push(' '),
            '{' | '}' | '[' | ']' => {}
            '_' => said.push(' '),
            other => said.push(other),
        }
    }
    said
}

/// A target in a few words: "HbA1c 8.0 % by 1 March 2027". Nothing where it says nothing.
pub(super) fn target(target: &Target) -> Option<String> {
    let measure = target.measure.as_ref().and_then(concept).map(|measure| legible(measure, NAME));
    let due = target.due.map(|due| format!("by {}", day_in_words(due)));
    let words: Vec<String> = [measure, target.value.as_ref().and_then(value), due].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}
