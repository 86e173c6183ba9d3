//! Blood count, clotting and other laboratory measures of chronic care.

use super::{Measure, Rule, loinc};

/// The measures.
pub(super) const MEASURES: &[Measure] = &[
    // One mol of haemoglobin is counted by its iron, so by one of its four chains: 16,114.5 g. KDIGO CKD 2024: once a year.
    Measure {
        name: "hemoglobin",
        codes: &[
            loinc("718-7"),
            loinc("59260-0"),
            loinc("20509-6").by("calculation"),
            loinc("30350-3").by("venous blood"),
        ],
        rule: Rule::Molar { milligrams_per_mol: 16_114_500, valence: None },
        units: &[("g/dL", 1), ("g/L", 0), ("mmol/L", 1)],
        speaks_for: 366,
    },
    Measure {
        name: "hematocrit",
        codes: &[loinc("20570-8"), loinc("4544-3").by("automated count"), loinc("4545-0").by("centrifuge")],
        rule: Rule::Dimension,
        units: &[("%", 1)],
        speaks_for: 366,
    },
    Measure {
        name: "bilirubin",
        codes: &[loinc("1975-2"), loinc("14631-6")],
        rule: Rule::Molar { milligrams_per_mol: 584_673, valence: None },
        units: &[("mg/dL", 1), ("umol/L", 0)],
        speaks_for: 366,
    },
    // ACC/AHA/HRS 2023 on atrial fibrillation: at least every three months when stable on warfarin.
    Measure {
        name: "inr",
        codes: &[loinc("6301-6"), loinc("34714-6").by("in blood"), loinc("46418-0").by("capillary blood")],
        rule: Rule::Dimension,
        units: &[("1", 1)],
        speaks_for: 92,
    },
    Measure {
        name: "tsh",
        codes: &[loinc("3016-3"), loinc("11580-8"), loinc("11579-0")],
        rule: Rule::Dimension,
        units: &[("m[IU]/L", 2)],
        speaks_for: 366,
    },
];
