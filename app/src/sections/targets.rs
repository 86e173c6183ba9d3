//! Targets of every plan in words, each once with the records that state it; a blood pressure is one target, not two.

use care_plan::plan::{Band, Component, Goal, GoalStatement, Outcome, TargetDetail, agreed};
use fhir::SourceId;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::look::Look;
use super::measure::target_words;
use crate::parts::SourceBadge;
use crate::words::Words;

/// A target in words, and the sources whose records state it.
pub type Stated = (String, Vec<SourceId>);

/// The targets of a goal, as its records state them.
pub fn of_goal(look: &Look, goal: &Goal) -> Vec<Stated> {
    let words = look.words();
    // A date that all agree on stands once, beside the title.
    let one_date = agreed(goal.statements.iter().map(|said| said.due().cloned())).is_some();
    let said = goal.item.members.iter().zip(&goal.statements).flat_map(|(member, statement)| {
        let texts = in_words(&bands_of(statement).collect::<Vec<_>>(), words);
        let due = statement.due().filter(|_| !one_date).map(|due| words.by(&look.date(due)));
        let dated = move |text: String| due.as_ref().map_or_else(|| text.clone(), |due| format!("{text} {due}"));
        texts.into_iter().map(move |text| (dated(text), &member.key.source))
    });
    grouped(look, said)
}

/// The targets on a measure, as the plans state them.
pub fn of_outcome(look: &Look, outcome: &Outcome) -> Vec<Stated> {
    let mut keys: Vec<_> = outcome.targets.iter().map(|target| &target.key).collect();
    keys.dedup();
    let said = keys.into_iter().flat_map(|key| {
        let bands: Vec<&Band> =
            outcome.targets.iter().filter(|target| target.key == *key).map(|target| &target.band).collect();
        in_words(&bands, look.words()).into_iter().map(move |text| (text, &key.source))
    });
    grouped(look, said)
}

/// Every band that a record of the goal states, each once.
pub fn bands(goal: &Goal) -> Vec<Band> {
    distinct(goal.statements.iter().flat_map(bands_of))
}

/// Every band on a measure, each once.
pub fn bands_of_outcome(outcome: &Outcome) -> Vec<Band> {
    distinct(outcome.targets.iter().map(|target| &target.band))
}

/// Draws targets in a line: plain where all records state the same, else each with whose it is.
pub fn target_line(look: &Look, targets: Vec<Stated>, always_whose: bool) -> Option<AnyView> {
    let words = look.words();
    if targets.is_empty() {
        return None;
    }
    let whose = always_whose || targets.iter().any(|(_, sources)| sources != &targets[0].1);
    if !whose {
        let texts: Vec<String> = targets.into_iter().map(|(text, _)| text).collect();
        return Some(view! { <p class="card__sub">{words.targets(&words.list(&texts))}</p> }.into_any());
    }
    let targets = targets.into_iter().map(|(text, sources)| {
        let badges = look.badges(sources.iter()).into_iter().map(|badge| view! { " "<SourceBadge badge/> });
        view! { <span class="target">{text}{badges.collect_view()}</span>" " }
    });
    Some(view! { <p class="card__sub card__targets">{words.targets("")}{targets.collect_view()}</p> }.into_any())
}

/// The bands that one record of a goal states.
pub fn bands_of(statement: &GoalStatement) -> impl Iterator<Item = &Band> {
    statement.targets.iter().filter_map(|target| match &target.detail {
        TargetDetail::Band(band) => Some(band),
        TargetDetail::Text(_) | TargetDetail::None => None,
    })
}

fn distinct<'a>(bands: impl Iterator<Item = &'a Band>) -> Vec<Band> {
    let mut found: Vec<Band> = Vec::new();
    for band in bands {
        let same = |other: &Band| {
            (other.low, other.high, &other.comparator, other.component)
                == (band.low, band.high, &band.comparator, band.component)
                && other.unit == band.unit
        };
        if !found.iter().any(same) {
            found.push(band.clone());
        }
    }
    found
}

/// Each text once with its sources, the launch's own source first.
pub fn grouped<'a>(look: &Look, said: impl Iterator<Item = (String, &'a SourceId)>) -> Vec<Stated> {
    let mut said: Vec<(String, &SourceId)> = said.collect();
    said.sort_by_key(|(_, source)| look.order(source));
    let mut groups: Vec<Stated> = Vec::new();
    for (text, source) in said {
        match groups.iter_mut().find(|(same, _)| *same == text) {
            Some((_, sources)) if sources.contains(source) => {}
            Some((_, sources)) => sources.push(source.clone()),
            None => groups.push((text, vec![source.clone()])),
        }
    }
    groups
}

/// Bands of one record in words: the systolic and the diastolic one of the same shape are one target.
fn in_words(bands: &[&Band], words: Words) -> Vec<String> {
    let of = |component| bands.iter().copied().filter(move |band| band.component == Some(component));
    let pair = of(Component::Systolic).zip(of(Component::Diastolic)).find_map(|(high, low)| paired(high, low));
    let Some(pair) = pair else { return bands.iter().map(|band| target_words(band, words)).collect() };
    let mut texts = vec![target_text(&pair, words)];
    let single = bands.iter().filter(|band| band.component.is_none());
    texts.extend(single.map(|band| target_words(band, words)));
    texts
}

/// Two bounds of one blood pressure, as their texts.
struct Pair<'a> {
    low: Option<String>,
    high: Option<String>,
    comparator: Option<&'a str>,
    unit: &'a str,
}

fn paired<'a>(systolic: &'a Band, diastolic: &'a Band) -> Option<Pair<'a>> {
    let both = |one: Option<Decimal>, two: Option<Decimal>| match (one, two) {
        (Some(one), Some(two)) => Some(Some(format!("{one}/{two}"))),
        (None, None) => Some(None),
        _ => None,
    };
    let same = systolic.comparator == diastolic.comparator && systolic.unit == diastolic.unit;
    let (low, high) = (both(systolic.low, diastolic.low)?, both(systolic.high, diastolic.high)?);
    same.then_some(Pair { low, high, comparator: systolic.comparator.as_deref(), unit: &systolic.unit })
}

fn target_text(pair: &Pair<'_>, words: Words) -> String {
    words.target(pair.low.as_deref(), pair.high.as_deref(), pair.comparator, pair.unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(component: Option<Component>, high: i64, comparator: &str) -> Band {
        Band {
            low: None,
            high: Some(high.into()),
            comparator: Some(comparator.to_owned()),
            single: true,
            unit: "mmHg".to_owned(),
            unit_code: None,
            component,
        }
    }

    #[test]
    fn a_blood_pressure_is_one_target_and_not_two() {
        let (high, low) = (band(Some(Component::Systolic), 130, "<"), band(Some(Component::Diastolic), 80, "<"));
        assert_eq!(in_words(&[&high, &low], Words::English), ["below 130/80 mmHg"]);
        let other = band(Some(Component::Diastolic), 80, "<=");
        assert_eq!(
            in_words(&[&high, &other], Words::English),
            ["systolic below 130 mmHg", "diastolic at most 80 mmHg"],
            "what is meant differently stays apart"
        );
        assert_eq!(in_words(&[&high], Words::English), ["systolic below 130 mmHg"]);
    }

    #[test]
    fn the_same_target_of_two_records_is_drawn_once() {
        let one = band(None, 130, "<");
        assert_eq!(distinct([&one, &one.clone()].into_iter()).len(), 1);
        assert_eq!(distinct([&one, &band(None, 140, "<")].into_iter()).len(), 2);
    }
}
