//! What targets ask of a measure, and whether two of them ask for the same.
//!
//! Bounds are compared in one unit, by a conversion that the measure or UCUM offers; where there is none, nothing is said.
//! "Below 7" and "at most 7" count as the same: no clinic means the difference. A value without a comparator is met at
//! that value, and agrees with a bound of the same value.

use fhir::{CodeableConcept, FhirDate};
use rust_decimal::Decimal;

use crate::consolidate::{codings, pressure_text};
use crate::measures::{self, Measure};
use crate::plan::{Band, Component, GoalStatement, GoalTarget, TargetDetail};
use crate::units::Unit;

/// What a target asks of one quantity.
pub(in crate::rules) struct Ask {
    /// The measure, or the code that stands for it; both pressures are one topic.
    pub(in crate::rules) topic: String,
    measure: Option<&'static Measure>,
    band: Band,
    /// The unit of the band; `None` where none can be told.
    unit: Option<Unit>,
}

/// How two targets on one quantity stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::rules) enum Relation {
    /// They ask for the same.
    Same,
    /// They differ, and a value may meet both.
    Differ,
    /// No value meets both.
    Exclude,
}

/// True where the goal is acted upon: neither over, nor only proposed, nor on hold.
pub(in crate::rules) fn is_in_force(statement: &GoalStatement) -> bool {
    statement.is_current() && !matches!(statement.lifecycle_status.as_deref(), Some("proposed" | "on-hold"))
}

/// All that a record's goal asks, target by target.
pub(in crate::rules) fn of(statement: &GoalStatement) -> Vec<Ask> {
    statement.targets.iter().flat_map(asked).collect()
}

/// The days by which a record wants its targets on a topic reached, each once, the first one first.
pub(in crate::rules) fn dues<'a>(statement: &'a GoalStatement, about: &str) -> Vec<&'a FhirDate> {
    let is_about = |target: &&GoalTarget| {
        let own = target.measure.as_ref().and_then(topic);
        own.as_ref().map_or("", |(topic, _)| topic.as_str()) == about
    };
    let mut dues: Vec<&FhirDate> =
        statement.targets.iter().filter(is_about).filter_map(|target| target.due.as_ref()).collect();
    dues.sort_by_key(|due| due.sort_key());
    dues.dedup();
    dues
}

fn asked(target: &GoalTarget) -> Vec<Ask> {
    let Some((topic, measure)) = target.measure.as_ref().and_then(topic) else { return Vec::new() };
    let ask = |band: Band| Ask { topic: topic.clone(), measure, unit: unit(&band), band };
    match &target.detail {
        TargetDetail::Band(band) => vec![ask(band.clone())],
        TargetDetail::Text(text) if topic == measures::BLOOD_PRESSURE => {
            pressure_text::bands(text).into_iter().flatten().map(ask).collect()
        }
        TargetDetail::Text(_) | TargetDetail::None => Vec::new(),
    }
}

/// What the measure of a target is about; nothing where no code says.
pub(in crate::rules) fn topic(concept: &CodeableConcept) -> Option<(String, Option<&'static Measure>)> {
    if let Some((measure, _)) = measures::of(concept) {
        let pressure = matches!(measure.name, measures::SYSTOLIC | measures::DIASTOLIC);
        let name = if pressure { measures::BLOOD_PRESSURE } else { measure.name };
        return Some((name.to_owned(), Some(measure)));
    }
    codings::principal(concept).map(|(system, code)| (format!("{system}|{code}"), None))
}

/// The same for targets that ask for exactly the same.
pub(in crate::rules) fn spelled(asks: &[Ask]) -> String {
    let band = |ask: &Ask| format!("{:?} {:?}", ask.band, ask.measure.map(|measure| measure.name));
    asks.iter().map(band).collect()
}

/// How the targets of two records on one topic stand to each other; `None` where nothing can be compared.
///
/// A record may ask for a way in steps. Where one record's targets are among the other's, nothing is contradicted.
pub(in crate::rules) fn relation<'a>(
    one: impl Iterator<Item = &'a Ask> + Clone,
    other: impl Iterator<Item = &'a Ask> + Clone,
) -> Option<Relation> {
    let all = [None, Some(Component::Systolic), Some(Component::Diastolic)];
    let of_part = |part: Option<Component>| {
        let own: Vec<&Ask> = one.clone().filter(|ask| ask.band.component == part).collect();
        let theirs: Vec<&Ask> = other.clone().filter(|ask| ask.band.component == part).collect();
        let rows: Vec<Vec<Option<Relation>>> =
            own.iter().map(|own| theirs.iter().map(|theirs| compare(own, theirs)).collect()).collect();
        let mut known = rows.iter().flatten().flatten().peekable();
        known.peek()?;
        let same = Some(Relation::Same);
        let each_own = rows.iter().all(|row| row.contains(&same));
        let each_theirs = (0..theirs.len()).all(|at| rows.iter().any(|row| row[at] == same));
        Some(match () {
            () if each_own || each_theirs => Relation::Same,
            () if known.all(|relation| *relation == Relation::Exclude) => Relation::Exclude,
            () => Relation::Differ,
        })
    };
    all.into_iter().filter_map(of_part).max()
}

fn compare(one: &Ask, other: &Ask) -> Option<Relation> {
    super::work::count();
    let (unit, other_unit) = (one.unit.as_ref()?, other.unit.as_ref()?);
    let convert = |number: Decimal| match one.measure {
        Some(measure) => measure.convert(number, other_unit, unit),
        None => other_unit.convert(number, unit),
    };
    let (low, high) = (one.band.low, one.band.high);
    let other_low = other.band.low.map(|bound| convert(bound).ok_or(())).transpose().ok()?;
    let other_high = other.band.high.map(|bound| convert(bound).ok_or(())).transpose().ok()?;
    let exact = unit.key() == other_unit.key();
    let close = |one: Option<Decimal>, other: Option<Decimal>| match (one, other) {
        (None, None) => true,
        (Some(one), Some(other)) => is_close(one, other, exact),
        (None, Some(_)) | (Some(_), None) => false,
    };
    let is_bound = |value: Option<Decimal>, low, high| value.is_some() && (close(value, low) || close(value, high));
    let same = match (is_value(&one.band), is_value(&other.band)) {
        (true, false) => is_bound(low, other_low, other_high),
        (false, true) => is_bound(other_low, low, high),
        (true, true) | (false, false) => close(low, other_low) && close(high, other_high),
    };
    if same {
        return Some(Relation::Same);
    }
    // Which side of a value without a comparator is meant, nobody knows.
    let told = !is_value(&one.band) && !is_value(&other.band);
    let above = |low: Option<Decimal>, high: Option<Decimal>| match (low, high) {
        (Some(low), Some(high)) => {
            low > high && !is_close(low, high, exact)
                || is_close(low, high, exact) && (is_strict(&one.band) || is_strict(&other.band))
        }
        _ => false,
    };
    let exclude = told && (above(low, other_high) || above(other_low, high));
    Some(if exclude { Relation::Exclude } else { Relation::Differ })
}

/// The unit of a band; `None` where none is written, or code and words contradict each other.
fn unit(band: &Band) -> Option<Unit> {
    let (code, words) = (band.unit_code.as_deref(), Some(band.unit.as_str()));
    Unit::contradiction(code, words).is_none().then(|| Unit::read(code, words))
}

/// One value without a comparator.
fn is_value(band: &Band) -> bool {
    band.single && band.comparator.is_none()
}

fn is_strict(band: &Band) -> bool {
    matches!(band.comparator.as_deref(), Some("<" | ">"))
}

/// Equal; after a conversion within one per cent, for both numbers were rounded where they were written: LDL below 100
/// mg/dL is below 2.6 mmol/L.
fn is_close(one: Decimal, other: Decimal, exact: bool) -> bool {
    let far = (one - other).abs();
    if exact { far.is_zero() } else { far * Decimal::ONE_HUNDRED <= one.abs().max(other.abs()) }
}

/// The targets in words, such as `< 7 %` or `systolic < 130 mmHg, diastolic < 80 mmHg`.
pub(in crate::rules) fn words<'a>(asks: impl Iterator<Item = &'a Ask>) -> String {
    asks.map(|ask| band_words(&ask.band)).collect::<Vec<_>>().join(", ")
}

fn band_words(band: &Band) -> String {
    let part = match band.component {
        Some(Component::Systolic) => "systolic ",
        Some(Component::Diastolic) => "diastolic ",
        None => "",
    };
    let value = match (band.low, band.high, band.comparator.as_deref()) {
        (Some(bound), _, Some(sign)) | (None, Some(bound), Some(sign)) => format!("{sign} {bound}"),
        (Some(low), Some(high), None) if low == high => low.to_string(),
        (Some(low), Some(high), None) => format!("{low} to {high}"),
        (Some(low), None, None) => format!(">= {low}"),
        (None, Some(high), None) => format!("<= {high}"),
        (None, None, _) => String::new(),
    };
    format!("{part}{value} {}", band.unit).trim_end().to_owned()
}
