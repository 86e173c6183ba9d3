//! Which codes are one measure for a trend, and how its values convert.
//!
//! A small crosswalk of the measures of chronic care, by LOINC's own definitions (loinc.org): codes are siblings where
//! they have the same component, and a system and time that a clinician reads on one axis. Where they differ by method or
//! specimen, the difference in words travels with each reading. Codes that are *not* siblings stand in the documentation
//! of their group, with the reason. A code that is not in here is a measure of its own.

mod blood;
mod electrolytes;
mod glucose;
mod kidney;
mod lipids;
mod rule;
mod vitals;

use std::collections::HashMap;
use std::sync::LazyLock;

use fhir::CodeableConcept;
use fhir::codes::{LOINC, SNOMED, canonical_system};
use rust_decimal::Decimal;

pub use rule::Rule;

use crate::units::Unit;

/// A measure that several codes stand for.
#[derive(Debug, PartialEq, Eq)]
pub struct Measure {
    /// Its name in this program; never changes, for ids are made of it.
    pub name: &'static str,
    /// The codes that stand for it.
    pub codes: &'static [Sibling],
    /// How its values convert between units.
    pub rule: Rule,
    /// Units that it is shown in, in the order of preference, each with the decimals that clinicians write.
    pub units: &'static [(&'static str, u32)],
    /// How many days a value speaks for the person: the longest interval that the guideline beside it asks for.
    pub speaks_for: i32,
}

/// One code of a measure.
#[derive(Debug, PartialEq, Eq)]
pub struct Sibling {
    /// Its system.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// What tells it from its siblings in words: a method or a specimen.
    pub method: Option<&'static str>,
    /// The only unit in which its values mean the measure, where others would mislead.
    pub only: Option<&'static str>,
}

/// A LOINC code.
const fn loinc(code: &'static str) -> Sibling {
    Sibling { system: LOINC, code, method: None, only: None }
}

/// A SNOMED CT code.
const fn snomed(code: &'static str) -> Sibling {
    Sibling { system: SNOMED, code, method: None, only: None }
}

impl Sibling {
    /// Says what tells it from its siblings.
    const fn by(self, method: &'static str) -> Self {
        Self { method: Some(method), ..self }
    }

    /// Says the only unit in which it converts.
    const fn only(self, unit: &'static str) -> Self {
        Self { only: Some(unit), ..self }
    }
}

/// Days that a value speaks for where no guideline says more: a year.
pub const SPEAKS_FOR: i32 = 366;

/// Name of the measure that a systolic and a diastolic value make together.
pub const BLOOD_PRESSURE: &str = "blood-pressure";
/// Name of the measure of a systolic value alone.
pub const SYSTOLIC: &str = "systolic";
/// Name of the measure of a diastolic value alone.
pub const DIASTOLIC: &str = "diastolic";

/// All measures.
pub fn all() -> impl Iterator<Item = &'static Measure> {
    [vitals::MEASURES, glucose::MEASURES, kidney::MEASURES, lipids::MEASURES, electrolytes::MEASURES, blood::MEASURES]
        .into_iter()
        .flatten()
}

/// A measure, and the code that named it.
pub type Named = (&'static Measure, &'static Sibling);

static BY_CODE: LazyLock<HashMap<(&'static str, &'static str), Named>> = LazyLock::new(|| {
    let codes =
        |measure: &'static Measure| measure.codes.iter().map(move |one| ((one.system, one.code), (measure, one)));
    all().flat_map(codes).collect()
});

/// The measure of a code; the system in whatever form.
pub fn of_code(system: &str, code: &str) -> Option<Named> {
    BY_CODE.get(&(canonical_system(system.trim()), code.trim())).copied()
}

/// The measure that a concept names. `None` where its codes name none, or several: then nothing tells which is meant.
pub fn of(concept: &CodeableConcept) -> Option<Named> {
    let coded = |coding: &fhir::Coding| of_code(coding.system.as_deref()?, coding.code.as_deref()?);
    let mut found: Vec<_> = concept.coding.iter().filter_map(coded).collect();
    found.sort_by_key(|(_, sibling)| (sibling.method.is_none(), sibling.code));
    let first = *found.first()?;
    found.iter().all(|(measure, _)| measure.name == first.0.name).then_some(first)
}

/// The measure of this name.
pub fn named(name: &str) -> Option<&'static Measure> {
    all().find(|measure| measure.name == name)
}

impl Measure {
    /// What units of the same family have in common: their values convert into each other. `None` for a unit whose values
    /// of this code convert into none.
    pub fn family(&self, sibling: &Sibling, unit: &Unit) -> Option<String> {
        let allowed = sibling.only.is_none_or(|only| Unit::read(Some(only), None) == *unit);
        allowed.then(|| self.rule.family(unit)).flatten()
    }

    /// Converts a value, without rounding; `None` where that cannot be.
    pub fn convert(&self, number: Decimal, from: &Unit, to: &Unit) -> Option<Decimal> {
        self.rule.convert(number, from, to)
    }

    /// Decimals that clinicians write in a unit, where the table says.
    pub fn decimals(&self, unit: &Unit) -> Option<u32> {
        self.units.iter().find(|(code, _)| Unit::read(Some(code), None) == *unit).map(|(_, decimals)| *decimals)
    }

    /// Place of a unit in the order of preference; those not listed come last.
    pub fn preference(&self, unit: &Unit) -> usize {
        let place = self.units.iter().position(|(code, _)| Unit::read(Some(code), None) == *unit);
        place.unwrap_or(self.units.len())
    }
}

#[cfg(test)]
mod tests;
