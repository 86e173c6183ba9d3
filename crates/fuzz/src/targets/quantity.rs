//! Quantities: their numbers, and their units as far as we know them.
//!
//! Law: a number keeps its text and its sign; a conversion never leaves its dimension, is found again on the way back, and
//! one to the same unit changes nothing.

use care_plan::units::Unit;
use fhir::Quantity;
use rust_decimal::Decimal;

use super::Target;
use crate::mutation::BETWEEN_PARTS;

pub const TARGET: Target = Target {
    name: "quantity",
    words: &[
        "value",
        "comparator",
        "unit",
        "code",
        "system",
        "http://unitsofmeasure.org",
        "mg/dL",
        "mmol/L",
        "mm[Hg]",
        "mmHg",
        "%",
        "{score}",
        "10*3/uL",
        "10^9/L",
        "kg/m2",
        "mL/min/{1.73_m2}",
        "[lb_av]",
        "[degF]",
        "Cel",
        "ug",
        "µg",
        "μg",
        "mcg",
        "meq/L",
        "[IU]/L",
        "/min",
        "{beats}/min",
        "a",
        "mo",
        "d",
        "1",
        "1e999999999",
        "-0",
        "7.10",
        "<",
        ">=",
        "~",
        "(",
        ")",
        ".",
        "/",
        "*",
        "^",
        "'",
        "{",
        "}",
        "[",
        "]",
    ],
    tries: 8_000,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let read = |part: &str| serde_json::from_str::<Quantity>(part).ok();
    let quantities: Vec<Quantity> = text.split(BETWEEN_PARTS).take(4).filter_map(read).collect();
    let mut ways = Vec::new();
    for one in &quantities {
        let number = number(one);
        let unit = Unit::of(one);
        assert_eq!(Unit::of(one), unit, "it is read another way the second time");
        if let Some(number) = number {
            assert_eq!(unit.convert(number, &unit), Some(number), "a number changed on the way to its own unit");
        }
        ways.push(format!("{:?} {}", unit.dimension(), unit.is_none()));
        for other in &quantities {
            ways.push(converted(number, &unit, &Unit::of(other)).to_owned());
        }
    }
    ways.sort_unstable();
    ways.dedup();
    ways.join(", ")
}

/// The number of a quantity, where it fits a decimal.
fn number(quantity: &Quantity) -> Option<Decimal> {
    let number = quantity.value.as_ref()?;
    let decimal = number.to_decimal()?;
    assert!(!decimal.is_sign_negative() || number.0.starts_with('-'), "{} became {decimal}", number.0);
    Some(decimal)
}

fn converted(number: Option<Decimal>, unit: &Unit, other: &Unit) -> &'static str {
    let probe = number.unwrap_or(Decimal::ONE);
    let Some(there) = unit.convert(probe, other) else { return "stays" };
    assert!(unit.key() == other.key() || unit.dimension() == other.dimension(), "it left its dimension");
    let Some(back) = other.convert(there, unit) else { return "does not fit on the way back" };
    let off = (back - probe).abs();
    let smallest = Decimal::new(1, 9);
    assert!(off <= probe.abs() * smallest + smallest, "{probe} came back as {back} by way of {there}");
    if unit.key() == other.key() { "same" } else { "converts" }
}
