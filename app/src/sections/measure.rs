//! Readings and targets in figures and words. The decisions are pure.

use care_plan::plan::{Band, Outcome, Reading, Value};
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

/// A reading in figures with its unit, and what it is in the unit of the axis where it was written in another.
pub fn told(reading: &Reading, words: Words) -> String {
    let said = |value: &Value| format!("{} {}", figures(value, words), words.unit(unit(value))).trim().to_owned();
    let written = said(&reading.value);
    reading.converted.as_ref().map_or_else(|| written.clone(), |value| words.converted(&written, &said(value)))
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
    let said =
        words.target(text(&band.low).as_deref(), text(&band.high).as_deref(), band.comparator.as_deref(), &band.unit);
    band.component.map_or_else(|| said.clone(), |component| words.of_component(component, &said))
}

/// Says in a word how the newest reading stands to the targets.
pub fn standing(outcome: &Outcome, bands: &[Band], words: Words) -> Option<(&'static str, Tone)> {
    let newest = newest(outcome)?;
    let met: Vec<bool> = bands.iter().filter_map(|band| outcome.meets(&newest.value, band)).collect();
    match (met.contains(&true), met.contains(&false)) {
        (false, false) => None,
        (met, missed) => Some(words.standing(met, missed)),
    }
}

/// The reading that a card shows: the newest with a value, else the newest that stands and says why it has none.
pub fn newest(outcome: &Outcome) -> Option<&Reading> {
    outcome.facts().map(|facts| facts.latest).or_else(|| outcome.standing().next_back())
}

/// Draws the newest value in figures, the trend where a size is given, when it was measured and the value before it.
pub fn measured(look: &Look, outcome: &Outcome, bands: &[Band], size: Option<Size>) -> AnyView {
    let words = look.words();
    let Some(newest) = newest(outcome) else { return ().into_any() };
    let value = figures(newest.drawn(), words);
    let class = if value.chars().count() > 12 { "value value--text" } else { "value" };
    let before = outcome
        .facts()
        .and_then(|facts| facts.previous)
        .map(|reading| words.before_it(&figures(reading.drawn(), words)));
    let when = newest.when.as_ref().map(|when| look.date(when));
    let converted = newest.converted.as_ref().map(|_| told(newest, words));
    let said: Vec<String> = [when, before, converted].into_iter().flatten().collect();
    view! {
        <div class="measured">
            <p class=class>{value}" "<small>{words.unit(unit(newest.drawn()))}</small></p>
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
    let said = |reading: &Reading| told(reading, words);
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
