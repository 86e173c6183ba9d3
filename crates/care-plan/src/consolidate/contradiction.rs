//! Resources that carry one identifier and cannot be one thing, by what they say themselves.
//!
//! An identifier is proof only as far as whoever gave it used it once. Some use one for all orders of a visit, or for every
//! goal of a plan. Nothing here looks at the source: two goals under one number are two, at one place or at two.

use std::collections::{BTreeMap, BTreeSet};

use fhir::codes::RXNORM;
use fhir::{CodeableConcept, FhirDate, Many, Maybe, Period, Resource};
use jiff::Span;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::act::begin;
use super::codings::label;
use super::concepts::telling;
use super::{crosswalk, ingredients, proposals};
use crate::measures;

/// What a resource is about, whatever its type calls the element.
#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct View {
    code: Maybe<CodeableConcept>,
    vaccine_code: Maybe<CodeableConcept>,
    medication_codeable_concept: Maybe<CodeableConcept>,
    /// Of a Goal; of a Task it is text, which is no concept.
    description: Maybe<CodeableConcept>,
    target: Many<Target>,
    authored_on: Maybe<FhirDate>,
    start: Maybe<FhirDate>,
    occurrence_date_time: Maybe<FhirDate>,
    occurrence_period: Maybe<Period>,
    performed_date_time: Maybe<FhirDate>,
    performed_period: Maybe<Period>,
    effective_date_time: Maybe<FhirDate>,
    effective_period: Maybe<Period>,
    period: Maybe<Period>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Target {
    measure: Maybe<CodeableConcept>,
}

/// What one resource says about which thing it is.
struct Said {
    /// What its codes name, by their system; codes that mean one concept name it together.
    names: BTreeMap<String, BTreeSet<String>>,
    /// What it is called, where it has no codes.
    words: Option<String>,
    /// When it was asked for, and when it is or was done.
    times: [Option<FhirDate>; 2],
}

/// True where two of some resources of one type say different things: codes of one system that name nothing in common,
/// nothing but words that differ, or another time. Words may hold apart; they never join.
pub(super) fn contradict<'r>(resources: impl Iterator<Item = &'r Resource>) -> bool {
    let all: Vec<Said> = resources.map(said).collect();
    let mut common: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (system, names) in all.iter().flat_map(|said| &said.names) {
        let own: BTreeSet<&str> = names.iter().map(String::as_str).collect();
        let common = common.entry(system).or_insert_with(|| own.clone());
        common.retain(|name| own.contains(name));
    }
    let words: BTreeSet<&str> = all.iter().filter_map(|said| said.words.as_deref()).collect();
    common.values().any(BTreeSet::is_empty) || words.len() > 1 || [0, 1].into_iter().any(|at| apart(&all, at))
}

fn said(resource: &Resource) -> Said {
    let view: View = resource.read();
    let targets = view.target.iter().filter_map(|target| target.measure.as_ref());
    let concepts = [&view.code, &view.vaccine_code, &view.medication_codeable_concept, &view.description];
    let concepts: Vec<&CodeableConcept> =
        concepts.into_iter().filter_map(|concept| concept.as_ref()).chain(targets).collect();
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for concept in &concepts {
        for (system, name) in named(concept) {
            names.entry(system).or_default().insert(name);
        }
    }
    let words = if names.is_empty() { concepts.iter().find_map(|concept| label(Some(concept))) } else { None };
    let words = words.map(|words| proposals::plain(&words)).filter(|words| !words.is_empty());
    let done = [view.performed_date_time, view.occurrence_date_time, view.effective_date_time, view.start];
    let periods = [view.performed_period, view.occurrence_period, view.effective_period, view.period];
    let done = done.into_iter().find_map(|date| date.0);
    let times = [view.authored_on.0, done.or_else(|| periods.iter().find_map(|period| begin(period.as_ref())))];
    Said { names, words, times }
}

/// What a concept names: a measure, ingredients, a concept of the crosswalk, else its codes.
fn named(concept: &CodeableConcept) -> Vec<(String, String)> {
    if let Some((measure, _)) = measures::of(concept) {
        return vec![("measure".to_owned(), measure.name.to_owned())];
    }
    let taken = ingredients::of(concept).ingredients;
    let mut named = Vec::new();
    if !taken.is_empty() {
        named.push(("ingredients".to_owned(), taken.join(" / ")));
    }
    for code in telling(concept) {
        match crosswalk::family(&code) {
            Some(family) => named.push(("concept".to_owned(), family.words().to_owned())),
            // Strengths and forms of one ingredient are what an order may change.
            None if code.0 == RXNORM && !taken.is_empty() => {}
            None => named.push(code),
        }
    }
    named
}

/// True where two times of one kind are not the same.
fn apart(all: &[Said], kind: usize) -> bool {
    let times: Vec<&FhirDate> = all.iter().filter_map(|said| said.times[kind].as_ref()).collect();
    let precision = std::mem::discriminant::<FhirDate>;
    if times.windows(2).all(|pair| precision(pair[0]) == precision(pair[1])) {
        // To the second: some servers keep no fractions.
        return times.windows(2).any(|pair| pair[0].sort_key() != pair[1].sort_key());
    }
    // One that was written less exactly may be the same; a day may be another in another zone.
    let first = times.iter().filter_map(|time| time.first_day(&TimeZone::UTC)).max();
    let last = times.iter().filter_map(|time| time.last_day(&TimeZone::UTC)).min().map(next);
    matches!((first, last), (Some(first), Some(last)) if last < first)
}

fn next(day: Date) -> Date {
    day.saturating_add(Span::new().days(1))
}
