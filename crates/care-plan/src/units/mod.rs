//! Units of measure: what a record wrote, read as UCUM where it can be, and converted within one dimension.
//!
//! *Invariant:* a conversion never crosses a dimension, never joins a count with an amount of substance, and never
//! guesses at a unit that it does not know: such a unit is equal to its own spelling only.
//! What needs to know the analyte (mg/dL and mmol/L) is in [`crate::measures`].

mod ucum;
mod written;

use std::sync::Arc;

use fhir::Quantity;
use rust_decimal::Decimal;

pub use ucum::Dimension;
use ucum::Known;

/// A unit as a record wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Compared first: those that differ mostly differ here.
    key: Arc<str>,
    /// Shared, for every reading has one and few are different.
    known: Option<Arc<Known>>,
}

impl Unit {
    /// Reads a unit from its UCUM code and the words beside it; the code leads (R4 datatypes.html#quantity: the code is
    /// for computers), the words help where the code says nothing that we know.
    pub fn read(code: Option<&str>, words: Option<&str>) -> Self {
        let of_code = said(code).map(Self::written);
        let of_words = || said(words).map(Self::written);
        match of_code {
            Some(unit) if unit.known.is_some() => unit,
            of_code => of_words().filter(|unit| unit.known.is_some()).or(of_code).or_else(of_words).unwrap_or_default(),
        }
    }

    /// The unit of a quantity.
    pub fn of(quantity: &Quantity) -> Self {
        Self::read(quantity.code.as_deref(), quantity.unit.as_deref())
    }

    /// Code and words of a quantity as two units, where each says a unit that we know and the two differ.
    pub fn contradiction(code: Option<&str>, words: Option<&str>) -> Option<(Self, Self)> {
        let (of_code, of_words) = (Self::written(said(code)?), Self::written(said(words)?));
        let both = of_code.known.is_some() && of_words.known.is_some();
        (both && of_code != of_words).then_some((of_code, of_words))
    }

    /// One that is like no other: a quantity whose code and words contradict each other.
    pub fn contradictory(code: Option<&str>, words: Option<&str>) -> Self {
        let key = format!("?{}|{}", plain(code.unwrap_or_default()), plain(words.unwrap_or_default()));
        Self { known: None, key: key.into() }
    }

    fn written(text: &str) -> Self {
        let known = written::known(text);
        let key = known.as_ref().map_or_else(|| plain(text), Known::key);
        Self { known: known.map(Arc::new), key: key.into() }
    }

    /// The same for equal units, whatever their spelling: `mmHg` and `mm[Hg]`; empty for a number without a unit.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// True for a plain number, a score or a count.
    pub fn is_none(&self) -> bool {
        self.key.is_empty()
    }

    /// What it measures; `None` for a unit that we do not know.
    pub fn dimension(&self) -> Option<Dimension> {
        self.known.as_ref().map(|known| known.dimension())
    }

    /// Converts a number to another unit of the same dimension, without rounding.
    ///
    /// `None` where that cannot be: other dimensions, an unknown unit, ratios (`%` and `mmol/mol` say different things of
    /// different measures), or a number that does not fit.
    pub fn convert(&self, number: Decimal, to: &Self) -> Option<Decimal> {
        if self.key == to.key {
            return Some(number);
        }
        self.known.as_ref()?.convert(number, to.known.as_ref()?)
    }

    /// The amount of substance in one of it, in units of mol with the same volume below, and so on; see
    /// [`crate::measures::Rule`].
    pub(crate) fn factor_to(&self, to: &Self) -> Option<Decimal> {
        self.known.as_ref()?.factor_to(to.known.as_ref()?)
    }
}

impl Default for Unit {
    /// No unit.
    fn default() -> Self {
        Self { known: written::known("1").map(Arc::new), key: "".into() }
    }
}

/// True for a code of UCUM, as whoever writes one has to spell it: `mm[Hg]`, and not `mmHg`.
pub fn is_ucum(code: &str) -> bool {
    let is_of_ucum = code.bytes().all(|byte| byte.is_ascii_graphic());
    // `{score}` alone is the number 1 with a remark.
    let is_remark = code.starts_with('{') && code.find('}') == Some(code.len() - 1);
    is_of_ucum && (is_remark || Known::read(code).is_some())
}

/// A text under which equal units are equal; see [`Unit::key`].
pub fn normal(code: Option<&str>, words: Option<&str>) -> String {
    Unit::read(code, words).key.to_string()
}

fn said(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Lower case, without white space and annotations: how an unknown unit is compared.
fn plain(text: &str) -> String {
    written::without_annotations(text).chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
