//! The kidney.
//!
//! Estimated filtration rates share an axis where all are for 1.73 m² and made of creatinine in adults; each reading says
//! its equation. Not siblings: estimates that multiply by a coefficient of race (48643-1, 88293-6), which stand beside the
//! same sample's other value and which the NKF-ASN Task Force (2021) advises against; those made of cystatin C, alone or
//! with creatinine (50210-4, 94677-2, 98980-6), those for children (50384-7), and measured clearance (2164-2).
//! Urea nitrogen as moles (14937-7) and urea as mass (3091-6) are left out: what their numbers count differs by laboratory.

use super::rule::CREATININE;
use super::{Measure, Rule, loinc};

/// The measures. KDIGO CKD 2024 section 2.1: filtration rate and albumin in urine at least once a year.
pub(super) const MEASURES: &[Measure] = &[
    Measure {
        name: "egfr",
        codes: &[
            loinc("69405-9"),
            loinc("33914-3").by("MDRD"),
            loinc("77147-7").by("MDRD"),
            loinc("48642-3").by("MDRD"),
            loinc("50044-7").by("MDRD"),
            loinc("62238-1").by("CKD-EPI 2009"),
            loinc("88294-4").by("CKD-EPI 2009"),
            loinc("98979-8").by("CKD-EPI 2021"),
        ],
        rule: Rule::PerBodySurface,
        units: &[("mL/min/{1.73_m2}", 0)],
        speaks_for: 366,
    },
    Measure {
        name: "creatinine",
        codes: &[loinc("2160-0"), loinc("14682-9"), loinc("38483-4").by("in blood"), loinc("59826-8").by("in blood")],
        rule: Rule::Molar { milligrams_per_mol: CREATININE, valence: None },
        units: &[("mg/dL", 2), ("umol/L", 0)],
        speaks_for: 366,
    },
    // A mol of urea carries two of nitrogen: 28.014 g.
    Measure {
        name: "urea-nitrogen",
        codes: &[loinc("3094-0"), loinc("22664-7").only("mmol/L"), loinc("6299-2").by("in blood")],
        rule: Rule::Molar { milligrams_per_mol: 28_014, valence: None },
        units: &[("mg/dL", 0), ("mmol/L", 1)],
        speaks_for: 366,
    },
    Measure {
        name: "albumin-creatinine-ratio",
        codes: &[loinc("9318-7"), loinc("14959-1"), loinc("32294-1"), loinc("30000-4")],
        rule: Rule::PerCreatinine,
        units: &[("mg/g", 0), ("mg/mmol", 1)],
        speaks_for: 366,
    },
    // Uric acid, C5H4N4O3.
    Measure {
        name: "urate",
        codes: &[loinc("3084-1"), loinc("14933-6")],
        rule: Rule::Molar { milligrams_per_mol: 168_112, valence: None },
        units: &[("mg/dL", 1), ("umol/L", 0)],
        speaks_for: 366,
    },
];
