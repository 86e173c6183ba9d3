//! Electrolytes and minerals.
//!
//! Not siblings: ionised calcium (1995-0, 1994-3) and calcium corrected for albumin (29265-6), bicarbonate of arterial
//! blood (1960-4).

use super::{Measure, Rule, Sibling, loinc};

/// KDIGO CKD 2024 section 2.1 and its chapters on potassium and minerals: at least once a year where they are followed.
const fn mineral(
    name: &'static str,
    codes: &'static [Sibling],
    milligrams_per_mol: u32,
    valence: Option<u8>,
    units: &'static [(&'static str, u32)],
) -> Measure {
    Measure { name, codes, rule: Rule::Molar { milligrams_per_mol, valence }, units, speaks_for: 366 }
}

/// The measures.
pub(super) const MEASURES: &[Measure] = &[
    mineral(
        "potassium",
        &[loinc("2823-3"), loinc("6298-4").by("in blood")],
        39_098,
        Some(1),
        &[("mmol/L", 1), ("meq/L", 1)],
    ),
    mineral(
        "sodium",
        &[loinc("2951-2"), loinc("2947-0").by("in blood")],
        22_990,
        Some(1),
        &[("mmol/L", 0), ("meq/L", 0)],
    ),
    mineral(
        "chloride",
        &[loinc("2075-0"), loinc("2069-3").by("in blood")],
        35_450,
        Some(1),
        &[("mmol/L", 0), ("meq/L", 0)],
    ),
    // Total carbon dioxide is all but bicarbonate, HCO3-.
    mineral(
        "carbon-dioxide",
        &[loinc("2028-9"), loinc("20565-8").by("in blood")],
        61_016,
        Some(1),
        &[("mmol/L", 0), ("meq/L", 0)],
    ),
    mineral("bicarbonate", &[loinc("1963-8")], 61_016, Some(1), &[("mmol/L", 0), ("meq/L", 0)]),
    mineral(
        "calcium",
        &[loinc("17861-6"), loinc("2000-8"), loinc("49765-1").by("in blood")],
        40_078,
        Some(2),
        &[("mg/dL", 1), ("mmol/L", 2), ("meq/L", 1)],
    ),
    // Written as phosphorus; as an ion its charge changes with the pH, so equivalents do not convert.
    mineral("phosphate", &[loinc("2777-1"), loinc("14879-1")], 30_974, None, &[("mg/dL", 1), ("mmol/L", 2)]),
    mineral(
        "magnesium",
        &[loinc("19123-9"), loinc("2601-3")],
        24_305,
        Some(2),
        &[("mg/dL", 1), ("mmol/L", 2), ("meq/L", 1)],
    ),
];
