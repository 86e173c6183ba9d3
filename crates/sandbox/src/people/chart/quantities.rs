//! Quantities with the number's own text.

use serde_json::{Value, json};

use crate::people::place::Place;

/// A unit as people write it and as UCUM writes it.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    text: &'static str,
    ucum: &'static str,
}

impl Unit {
    /// Percent.
    pub const PERCENT: Self = Self { text: "%", ucum: "%" };
    /// Millimetres of mercury.
    pub const MMHG: Self = Self { text: "mmHg", ucum: "mm[Hg]" };
    /// Kilograms.
    pub const KG: Self = Self { text: "kg", ucum: "kg" };
    /// Pounds.
    pub const POUND: Self = Self { text: "lb", ucum: "[lb_av]" };
    /// Glomerular filtration, for a body of 1.73 m².
    pub const FILTRATION: Self = Self { text: "mL/min/1.73 m2", ucum: "mL/min/{1.73_m2}" };
    /// Millimoles in a litre.
    pub const MMOL_L: Self = Self { text: "mmol/L", ucum: "mmol/L" };
    /// Milliequivalents in a litre.
    pub const MEQ_L: Self = Self { text: "mEq/L", ucum: "meq/L" };
    /// Milligrams in a decilitre.
    pub const MG_DL: Self = Self { text: "mg/dL", ucum: "mg/dL" };
    /// Milligrams in a gram.
    pub const MG_G: Self = Self { text: "mg/g", ucum: "mg/g" };
    /// Grams in a decilitre.
    pub const G_DL: Self = Self { text: "g/dL", ucum: "g/dL" };
    /// Points of a score.
    pub const SCORE: Self = Self { text: "score", ucum: "{score}" };
    /// T-score of a PROMIS measure: 50 is the average of people in the United States.
    pub const T_SCORE: Self = Self { text: "T-score", ucum: "{Tscore}" };
    /// International normalized ratio.
    pub const RATIO: Self = Self { text: "INR", ucum: "{INR}" };
}

/// A Quantity of this place; the number keeps its text, so `7.10` stays `7.10`.
///
/// A text that begins with `<` or `>` gets a comparator.
pub fn quantity(place: Place, value: &str, unit: Unit) -> Value {
    let (comparator, digits) = match value.split_at_checked(1) {
        Some((sign @ ("<" | ">"), rest)) => (Some(sign), rest),
        _ => (None, value),
    };
    let mut quantity = json!({ "value": number(digits) });
    if let Some(comparator) = comparator {
        quantity["comparator"] = json!(comparator);
    }
    quantity["unit"] = json!(unit.text);
    if place != Place::HomeHealth {
        quantity["system"] = json!("http://unitsofmeasure.org");
        quantity["code"] = json!(unit.ucum);
    }
    quantity
}

/// A JSON number with exactly this text.
pub fn number(text: &str) -> Value {
    serde_json::from_str(text).expect("our people's numbers are written as JSON numbers")
}
