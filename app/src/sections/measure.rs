//! Readings and targets in figures and words. The decisions are pure.

use care_plan::plan::{Band, Outcome, Reading, Value};
use care_plan::trend::meets;
use leptos::prelude::*;
use rust_decimal::Decimal;

use super::look::Look;
use crate::parts::{Size, TrendChart, shape};
use crate::words::{Tone, Words};

/// Value of a reading in figures, without its unit.
pub fn figures(value: &Value, words: Words) -> String {
    match value {
        Value::Quantity { text, .. } => text.clone(),
        Value::Pair { high, low, .. } => format!("{high}/{low}"),
        Value::Text(text) => text.clone(),
        Value::Absent(why) => words.no_value(why.as_deref()),
    }
}

/// Unit of a value.
pub fn unit(value: &Value) -> &str {
    match value {
        Value::Quantity { unit, .. } | Value::Pair { unit, .. } => unit,
        Value::Text(_) | Value::Absent(_) => "",
    }
}

/// A target in words.
pub fn target_words(band: &Band, words: Words) -> String {
    let text = |bound: &Option<Decimal>| bound.map(|bound| bound.to_string());
    words.target(text(&band.low).as_deref(), text(&band.high).as_deref(), band.comparator.as_deref(), &band.unit)
}

/// Says in a word how the newest reading stands to the targets.
pub fn standing(newest: Option<&Reading>, bands: &[Band], words: Words) -> Option<(&'static str, Tone)> {
    let met: Vec<bool> = bands.iter().filter_map(|band| met(&newest?.value, band)).collect();
    match (met.contains(&true), met.contains(&false)) {
        (false, false) => None,
        (met, missed) => Some(words.standing(met, missed)),
    }
}

/// Whether a value meets a target; `None` where the units differ or there is nothing to compare.
fn met(value: &Value, band: &Band) -> Option<bool> {
    let Value::Quantity { number, unit, .. } = value else { return None };
    meets(*number, unit, band)
}

/// The reading that a card shows: the newest with a value, else the newest that stands and says why it has none.
pub fn newest(outcome: &Outcome) -> Option<&Reading> {
    outcome.facts().map(|facts| facts.latest).or_else(|| outcome.standing().next_back())
}

/// Draws the newest value in figures, the trend where a size is given, when it was measured and the value before it.
pub fn measured(look: &Look, outcome: &Outcome, bands: &[Band], size: Option<Size>) -> AnyView {
    let words = look.words();
    let Some(newest) = newest(outcome) else { return ().into_any() };
    let value = figures(&newest.value, words);
    let class = if value.chars().count() > 12 { "value value--text" } else { "value" };
    let before = outcome
        .facts()
        .and_then(|facts| facts.previous)
        .map(|reading| words.before_it(&figures(&reading.value, words)));
    let when = newest.when.as_ref().map(|when| look.date(when));
    let said: Vec<String> = [when, before].into_iter().flatten().collect();
    view! {
        <div class="measured">
            <p class=class>{value}" "<small>{unit(&newest.value).to_owned()}</small></p>
            {size.and_then(|size| chart(look, outcome, bands, size))}
        </div>
        <p class="card__when">{said.join(", ")}</p>
    }
    .into_any()
}

/// Draws the trend of a measure, where there are two readings to draw.
pub fn chart(look: &Look, outcome: &Outcome, bands: &[Band], size: Size) -> Option<AnyView> {
    let standing: Vec<&Reading> = outcome.standing().collect();
    let shape = shape(&standing, bands, size)?;
    let summary = summary(look, outcome, bands)?;
    let places = shape.dots.iter().map(|dot| look.badge(&dot.source).place).collect();
    Some(view! { <TrendChart shape size summary places/> }.into_any())
}

/// One sentence that says what a trend's picture says.
pub fn summary(look: &Look, outcome: &Outcome, bands: &[Band]) -> Option<String> {
    let words = look.words();
    let facts = outcome.facts()?;
    let said = |reading: &Reading| format!("{} {}", figures(&reading.value, words), unit(&reading.value));
    let targets: Vec<String> = bands.iter().map(|band| target_words(band, words)).collect();
    let targets = (!targets.is_empty()).then(|| words.list(&targets));
    Some(words.trend(
        &outcome.item.title,
        said(facts.first).trim(),
        said(facts.latest).trim(),
        facts.count,
        targets.as_deref(),
    ))
}
