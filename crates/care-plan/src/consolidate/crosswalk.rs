//! A small crosswalk: codes of different systems, or of different stages, that mean the same concern.
//!
//! Every family is one clinical concept; codes of a broader or narrower concept are left out on purpose, for a wrong join
//! hides more than a missed one. `docs/consolidation.md` lists them with their sources. Where a stage is part of the code,
//! the family is the condition without it, and the difference stays visible.

use super::codings::Code;
use fhir::codes::{ICD10CM, SNOMED};

/// A concept that several codes mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Family(usize);

struct Row {
    words: &'static str,
    snomed: &'static [&'static str],
    icd10cm: &'static [&'static str],
}

/// The families. SNOMED CT codes are from the International Edition, ICD-10-CM from the 2026 release.
const FAMILIES: &[Row] = &[
    Row {
        words: "Chronic kidney disease",
        // Without stage, then stages 1, 2, 3, 3A, 3B, 4, 5.
        snomed: &[
            "709044004",
            "431855005",
            "431856006",
            "433144002",
            "700378005",
            "700379002",
            "431857002",
            "433146000",
        ],
        icd10cm: &["N18.9", "N18.1", "N18.2", "N18.3", "N18.30", "N18.31", "N18.32", "N18.4", "N18.5"],
    },
    // 38341003 is the parent concept, under which most records keep what is essential hypertension by far most often; its
    // secondary forms have codes of their own and stay apart.
    Row { words: "Essential hypertension", snomed: &["59621000", "38341003"], icd10cm: &["I10"] },
    Row { words: "Type 2 diabetes mellitus", snomed: &["44054006"], icd10cm: &["E11.9", "E11"] },
    Row { words: "Type 1 diabetes mellitus", snomed: &["46635009"], icd10cm: &["E10.9", "E10"] },
    Row { words: "Hyperlipidemia", snomed: &["55822004"], icd10cm: &["E78.5"] },
    Row { words: "Heart failure", snomed: &["84114007"], icd10cm: &["I50.9"] },
    Row { words: "Congestive heart failure", snomed: &["42343007"], icd10cm: &[] },
    Row { words: "Atrial fibrillation", snomed: &["49436004"], icd10cm: &["I48.91"] },
    Row { words: "Chronic obstructive pulmonary disease", snomed: &["13645005"], icd10cm: &["J44.9"] },
    Row { words: "Asthma", snomed: &["195967001"], icd10cm: &["J45.909"] },
    Row { words: "Gout", snomed: &["90560007"], icd10cm: &["M10.9"] },
    Row { words: "Obesity", snomed: &["414916001"], icd10cm: &["E66.9"] },
    Row { words: "Depressive disorder", snomed: &["35489007"], icd10cm: &["F32.A"] },
    Row { words: "Anxiety disorder", snomed: &["197480006"], icd10cm: &["F41.9"] },
    Row { words: "Osteoporosis", snomed: &["64859006"], icd10cm: &["M81.0"] },
    Row { words: "Hypothyroidism", snomed: &["40930008"], icd10cm: &["E03.9"] },
    Row { words: "Coronary arteriosclerosis", snomed: &["53741008"], icd10cm: &["I25.10"] },
    Row { words: "Obstructive sleep apnea", snomed: &["78275009"], icd10cm: &["G47.33"] },
    Row { words: "End-stage renal disease", snomed: &["46177005"], icd10cm: &["N18.6"] },
];

impl Family {
    /// What it is called.
    pub(super) fn words(self) -> &'static str {
        FAMILIES[self.0].words
    }
}

/// The family of a code, where it has one.
pub(super) fn family((system, code): &Code) -> Option<Family> {
    let of = |row: &Row| match system.as_str() {
        SNOMED => row.snomed.contains(&code.as_str()),
        ICD10CM => row.icd10cm.contains(&code.as_str()),
        _ => false,
    };
    FAMILIES.iter().position(of).map(Family)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_code_is_in_two_families() {
        let mut seen = BTreeSet::new();
        for row in FAMILIES {
            for code in row.snomed.iter().chain(row.icd10cm) {
                assert!(seen.insert(code), "{code} of {}", row.words);
            }
        }
    }
}
