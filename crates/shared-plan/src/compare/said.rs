//! What a field says, as people read it.

use care_plan::units::Unit;
use jiff::civil::Date;
use serde::Serialize;

use crate::plan::{Comparator, Quantity};

/// What a field says, as people read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// In words.
    Text(String),
    /// A day.
    Day(Date),
    /// A measured value.
    Quantity {
        /// How it is to be compared, in words.
        #[serde(skip_serializing_if = "Option::is_none")]
        comparator: Option<&'static str>,
        /// The number with its digits.
        number: String,
        /// The unit.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<String>,
    },
}

impl Said {
    /// The same in words.
    pub fn words(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => day_in_words(*day),
            Self::Quantity { unit: Some(unit), .. } => format!("{} {unit}", self.without_unit()),
            Self::Quantity { unit: None, .. } => self.without_unit(),
        }
    }

    /// The words without the unit at their end.
    pub(super) fn without_unit(&self) -> String {
        match self {
            Self::Quantity { comparator: Some(comparator), number, .. } => format!("{comparator} {number}"),
            Self::Quantity { comparator: None, number, .. } => number.clone(),
            Self::Text(_) | Self::Day(_) => self.words(),
        }
    }

    /// The unit that both have.
    pub(super) fn common_unit<'a>(&'a self, other: &Self) -> Option<&'a str> {
        match (self, other) {
            (Self::Quantity { unit: Some(unit), .. }, Self::Quantity { unit: Some(same), .. }) if unit == same => {
                Some(unit)
            }
            _ => None,
        }
    }
}

impl From<&Quantity> for Said {
    fn from(quantity: &Quantity) -> Self {
        let comparator = quantity.comparator.map(|comparator| match comparator {
            Comparator::Below => "below",
            Comparator::AtMost => "at most",
            Comparator::AtLeast => "at least",
            Comparator::Above => "above",
        });
        let (words, code) = (quantity.unit.clone(), quantity.ucum.clone());
        // An earlier release took such: which of the two was meant is not known here.
        let unit = match Unit::contradiction(code.as_deref(), words.as_deref()) {
            Some(_) => words.zip(code).map(|(words, code)| format!("{words} (coded as {code})")),
            None => words.or(code),
        };
        Self::Quantity { comparator, number: quantity.value.to_string(), unit }
    }
}

/// As patients read dates: "21 November 2026".
pub(super) fn day_in_words(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}
