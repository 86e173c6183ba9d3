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

/// Whether a value meets a target; `None` where the units differ or there is nothing to compare.
pub fn meets(value: &Value, band: &Band) -> Option<bool> {
    let Value::Quantity { number, unit, .. } = value else { return None };
    if *unit != band.unit && band.unit_code.as_deref() != Some(unit) || band.low.is_none() && band.high.is_none() {
        return None;
    }
    let strict = matches!(band.comparator.as_deref(), Some("<" | ">"));
    let above = band.low.is_none_or(|low| if strict { *number > low } else { *number >= low });
    let below = band.high.is_none_or(|high| if strict { *number < high } else { *number <= high });
    Some(above && below)
}

/// Says in a word how the newest reading stands to the targets.
pub fn standing(newest: Option<&Reading>, bands: &[Band], words: Words) -> Option<(&'static str, Tone)> {
    let met: Vec<bool> = bands.iter().filter_map(|band| meets(&newest?.value, band)).collect();
    match (met.contains(&true), met.contains(&false)) {
        (false, false) => None,
        (met, missed) => Some(words.standing(met, missed)),
    }
}

/// Draws the newest value in figures, the trend, when it was measured and the value before it.
pub fn measured(look: &Look, outcome: &Outcome, bands: &[Band], size: Size) -> AnyView {
    let words = look.words();
    let Some(newest) = outcome.readings.last() else { return ().into_any() };
    let value = figures(&newest.value, words);
    let class = if value.chars().count() > 12 { "value value--text" } else { "value" };
    let before = outcome.readings.iter().rev().nth(1).map(|reading| words.before_it(&figures(&reading.value, words)));
    let when = newest.when.as_ref().map(|when| look.date(when));
    let said: Vec<String> = [when, before].into_iter().flatten().collect();
    view! {
        <div class="measured">
            <p class=class>{value}" "<small>{unit(&newest.value).to_owned()}</small></p>
            {chart(look, outcome, bands, size)}
        </div>
        <p class="card__when">{said.join(", ")}</p>
    }
    .into_any()
}

/// Draws the trend of a measure, where there are two readings to draw.
pub fn chart(look: &Look, outcome: &Outcome, bands: &[Band], size: Size) -> Option<AnyView> {
    let words = look.words();
    let shape = shape(&outcome.readings, bands, size)?;
    let (first, last) = (outcome.readings.first()?, outcome.readings.last()?);
    let said = |reading: &Reading| format!("{} {}", figures(&reading.value, words), unit(&reading.value));
    let targets: Vec<String> = bands.iter().map(|band| target_words(band, words)).collect();
    let targets = (!targets.is_empty()).then(|| words.list(&targets));
    let summary = words.trend(&outcome.item.title, said(first).trim(), said(last).trim(), outcome.readings.len(), targets.as_deref());
    let places = shape.dots.iter().map(|dot| look.badge(&dot.source).place).collect();
    Some(view! { <TrendChart shape size summary places/> }.into_any())
}
