//! Lipids.
//!
//! Not siblings: fasting triglycerides (3048-6), and particle counts and subfractions of lipoproteins.

use super::{Measure, Rule, Sibling, loinc};

/// Grams in a mol of cholesterol, C27H46O, in thousandths.
const CHOLESTEROL: u32 = 386_664;
/// The same of triolein, C57H104O6, by which triglycerides are counted.
const TRIOLEIN: u32 = 885_453;

/// ACC/AHA 2018 section 4.1: every 3 to 12 months in those who are treated.
const fn lipid(name: &'static str, codes: &'static [Sibling], milligrams_per_mol: u32) -> Measure {
    Measure {
        name,
        codes,
        rule: Rule::Molar { milligrams_per_mol, valence: None },
        units: &[("mg/dL", 0), ("mmol/L", 2)],
        speaks_for: 366,
    }
}

/// The measures.
pub(super) const MEASURES: &[Measure] = &[
    lipid("cholesterol", &[loinc("2093-3"), loinc("14647-2")], CHOLESTEROL),
    lipid("hdl", &[loinc("2085-9"), loinc("14646-4")], CHOLESTEROL),
    lipid(
        "ldl",
        &[
            loinc("2089-1"),
            loinc("22748-8"),
            loinc("13457-7").by("calculated"),
            loinc("39469-2").by("calculated"),
            loinc("18262-6").by("direct"),
            loinc("69419-0").by("direct"),
            loinc("18261-8").by("ultracentrifuge"),
            loinc("96259-7").by("calculated, Martin-Hopkins"),
        ],
        CHOLESTEROL,
    ),
    lipid("non-hdl", &[loinc("43396-1"), loinc("70204-3")], CHOLESTEROL),
    lipid("triglycerides", &[loinc("2571-8"), loinc("14927-8"), loinc("3043-7").by("in blood")], TRIOLEIN),
];
