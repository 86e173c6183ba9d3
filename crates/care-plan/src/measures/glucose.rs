//! Glucose and glycated haemoglobin.
//!
//! Not siblings: glucose of plasma, of whole blood, of a finger prick and of a fasting sample are four measures (whole
//! blood reads about a tenth lower, and a fasting value has another target), and tolerance tests are none of them.
//! HbA1c as a mass in blood (41995-2) and by the Japanese protocol (62388-4) are other quantities.

use super::{Measure, Rule, Sibling, loinc};

/// Glucose, C6H12O6: 180.156 g/mol. ADA Standards of Care section 7: those who measure do so through the week.
const fn glucose(name: &'static str, codes: &'static [Sibling]) -> Measure {
    Measure {
        name,
        codes,
        rule: Rule::Molar { milligrams_per_mol: 180_156, valence: None },
        units: &[("mg/dL", 0), ("mmol/L", 1)],
        speaks_for: 92,
    }
}

/// The measures.
pub(super) const MEASURES: &[Measure] = &[
    // ADA Standards of Care section 6: at least twice a year.
    Measure {
        name: "hba1c",
        codes: &[
            loinc("4548-4"),
            loinc("17856-6").by("HPLC"),
            loinc("4549-2").by("electrophoresis"),
            loinc("17855-8").by("calculation"),
            // A percent beside the IFCC code may be a tenth of its mmol/mol or a percent of NGSP: nobody can tell.
            loinc("59261-8").by("IFCC").only("mmol/mol"),
        ],
        rule: Rule::MasterEquation,
        units: &[("%", 1), ("mmol/mol", 0)],
        speaks_for: 184,
    },
    glucose("glucose", &[loinc("2345-7"), loinc("14749-6")]),
    glucose("glucose-in-blood", &[loinc("2339-0"), loinc("15074-8")]),
    glucose("glucose-by-finger-prick", &[loinc("41653-7"), loinc("14743-9"), loinc("32016-8")]),
    glucose("glucose-fasting", &[loinc("1558-6"), loinc("14771-0")]),
];
