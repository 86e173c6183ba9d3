//! A goal whose own words name another value than its target: a target was changed and the words beside it were not.
//! Whoever reads only the title would work towards the wrong value.

use care_plan::plan::{Band, Goal, GoalStatement};
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::look::Look;
use super::measure::target_words;
use super::targets::bands_of;
use crate::parts::SourceBadge;

/// Words before a number that make it the value to reach, in lower case.
const BOUNDS: [&str; 14] =
    ["below", "under", "above", "over", "most", "least", "than", "to", "between", "and", "<", ">", "≤", "≥"];

/// Says for each record of the goal that its words and its target differ; nothing where they agree.
pub fn goal_words(look: &Look, goal: &Goal) -> Option<AnyView> {
    let words = look.words();
    let lines: Vec<AnyView> = (goal.item.members.iter().zip(&goal.statements))
        .filter_map(|(member, said)| {
            let targets: Vec<String> = differing(said)?.iter().map(|band| target_words(band, words)).collect();
            let text = words.goal_says_otherwise(&said.title, &words.list(&targets));
            let badge = look.badge(&member.key.source);
            Some(view! { <p class="goal-words"><SourceBadge badge/>" "{text}</p> }.into_any())
        })
        .collect();
    (!lines.is_empty()).then(|| lines.into_any())
}

/// The targets of a record whose words name a value and none of theirs.
fn differing(said: &GoalStatement) -> Option<Vec<&Band>> {
    let bands: Vec<&Band> = bands_of(said).collect();
    let bounds: Vec<Decimal> = bands.iter().flat_map(|band| [band.low, band.high]).flatten().collect();
    let named = values(&said.title, &bands.iter().map(|band| band.unit.as_str()).collect::<Vec<_>>());
    let is_named = bounds.iter().any(|bound| named.contains(bound));
    (!named.is_empty() && !bounds.is_empty() && !is_named).then_some(bands)
}

/// The numbers of a text that are values to reach: with one of the units behind them, or a word of a bound before them.
/// "HbA1c", "PHQ-9" and "4 days a week" name none.
fn values(text: &str, units: &[&str]) -> Vec<Decimal> {
    let lower = text.to_lowercase();
    let mut found = Vec::new();
    let mut rest = lower.as_str();
    let mut before = String::new();
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_digit()) {
        before.push_str(&rest[..start]);
        let tail = &rest[start..];
        let end = tail.find(|letter: char| !letter.is_ascii_digit() && !".,".contains(letter)).unwrap_or(tail.len());
        let (number, after) = (tail[..end].trim_end_matches(['.', ',']), &tail[end..]);
        let alone = !before.ends_with(|letter: char| letter.is_alphanumeric() || letter == '-');
        let bound = before.split_whitespace().next_back().is_some_and(|word| BOUNDS.contains(&word));
        let unit = units.iter().any(|unit| !unit.is_empty() && after.trim_start().starts_with(&unit.to_lowercase()));
        if alone && (bound || unit) {
            // "7,5" is seven and a half, "1,000" a thousand: either reading may be meant.
            found.extend(
                [number.replace(',', "."), number.replace(',', "")]
                    .iter()
                    .filter_map(|text| text.parse::<Decimal>().ok()),
            );
        }
        before.push_str(&tail[..end]);
        rest = after;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str, unit: &str) -> Vec<String> {
        let mut found: Vec<String> = values(text, &[unit]).iter().map(ToString::to_string).collect();
        found.dedup();
        found
    }

    #[test]
    fn only_numbers_that_are_values_to_reach_are_read_from_a_goals_words() {
        assert_eq!(named("HbA1c below 7.0 %", "%"), ["7.0"]);
        assert_eq!(named("Weight down to 82 kg.", "kg"), ["82"]);
        assert_eq!(named("Potassium between 3.5 and 5.0", "mmol/L"), ["3.5", "5.0"]);
        assert_eq!(named("Unter 7,5 %", "%"), ["7.5", "75"]);
        assert_eq!(named("Walk 4 days a week", "steps"), Vec::<String>::new());
        assert_eq!(named("PHQ-9 and A1c better by 2027", "score"), Vec::<String>::new());
    }
}
