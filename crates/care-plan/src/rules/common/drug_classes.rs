//! Classes of medicines, as far as an allergy to one says something about the others.
//!
//! Ingredients by their RxNorm names (term type IN), classes by SNOMED CT (International Edition). Sources of what an allergy to
//! one member means for the others stand with each class. Left out on purpose: penicillin and cephalosporins (cross-reactivity
//! about 2 %, AAAAI/ACAAI drug allergy practice parameter 2022), and sulfonamides that are no antibiotics, such as
//! furosemide and hydrochlorothiazide (no cross-reactivity shown: same parameter; Strom et al., NEJM 2003;349:1628).

use fhir::CodeableConcept;
use fhir::codes::{RXNORM, SNOMED};

use crate::consolidate::{codings, ingredients};

/// A class of medicines.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::rules) struct Class {
    /// What it is called.
    pub(in crate::rules) words: &'static str,
    /// Its ingredients.
    pub(in crate::rules) members: &'static [&'static str],
    /// SNOMED CT codes that name the class: substance, product, allergy to it.
    snomed: &'static [&'static str],
    /// RxNorm codes that name the class.
    rxnorm: &'static [&'static str],
    /// True where an allergy to one member speaks against the others.
    pub(in crate::rules) spreads: bool,
    /// Why, with its source.
    pub(in crate::rules) source: &'static str,
}

/// The classes.
const CLASSES: &[Class] = &[
    Class {
        words: "penicillins",
        members: &[
            "amoxicillin",
            "ampicillin",
            "dicloxacillin",
            "flucloxacillin",
            "nafcillin",
            "oxacillin",
            "penicillin",
            "penicillin g",
            "penicillin v",
            "piperacillin",
            "pivmecillinam",
            "ticarcillin",
        ],
        snomed: &["764146007", "373270004", "91936005"],
        rxnorm: &["70618"],
        spreads: true,
        source: "AAAAI/ACAAI drug allergy practice parameter 2022: penicillins share their core",
    },
    Class {
        words: "sulfonamide antibiotics",
        members: &["sulfacetamide", "sulfadiazine", "sulfamethoxazole", "sulfisoxazole"],
        snomed: &["387406002", "763875007", "91939003"],
        rxnorm: &[],
        spreads: true,
        source: "AAAAI/ACAAI drug allergy practice parameter 2022: sulfonamide antibiotics share their arylamine",
    },
    Class {
        words: "NSAIDs",
        members: &[
            "aspirin",
            "diclofenac",
            "diflunisal",
            "etodolac",
            "flurbiprofen",
            "ibuprofen",
            "indomethacin",
            "ketoprofen",
            "ketorolac",
            "mefenamate",
            "meloxicam",
            "nabumetone",
            "naproxen",
            "oxaprozin",
            "piroxicam",
            "salsalate",
            "sulindac",
            "tolmetin",
        ],
        snomed: &["372665008", "16403005"],
        rxnorm: &[],
        spreads: true,
        source: "AAAAI/ACAAI drug allergy practice parameter 2022: reactions to inhibitors of cyclooxygenase 1 go across the class",
    },
    Class {
        words: "ACE inhibitors",
        members: &[
            "benazepril",
            "captopril",
            "enalapril",
            "enalaprilat",
            "fosinopril",
            "lisinopril",
            "moexipril",
            "perindopril",
            "quinapril",
            "ramipril",
            "trandolapril",
        ],
        snomed: &["372733002", "41549009"],
        rxnorm: &[],
        spreads: true,
        source: "FDA labels of the class: angioedema with one contraindicates all; cough is an effect of the class",
    },
    Class {
        words: "statins",
        members: &[
            "atorvastatin",
            "fluvastatin",
            "lovastatin",
            "pitavastatin",
            "pravastatin",
            "rosuvastatin",
            "simvastatin",
        ],
        snomed: &["372912004", "96302009"],
        rxnorm: &[],
        // ACC/AHA 2018: who does not tolerate one is offered another.
        spreads: false,
        source: "ACC/AHA cholesterol guideline 2018, section 5: statin intolerance",
    },
];

/// Ingredients by SNOMED CT: substances, and allergies to them.
const SUBSTANCES: &[(&str, &str)] = &[
    ("372687004", "amoxicillin"),
    ("294505008", "amoxicillin"),
    ("387458008", "aspirin"),
    ("293586001", "aspirin"),
    ("387207008", "ibuprofen"),
    ("372588000", "naproxen"),
    ("387494007", "codeine"),
    ("386873009", "lisinopril"),
    ("372658000", "enalapril"),
    ("363528007", "sulfamethoxazole"),
    ("387584000", "simvastatin"),
    ("373444002", "atorvastatin"),
    ("387517004", "acetaminophen"),
    ("372756006", "warfarin"),
    ("372567009", "metformin"),
];

/// What an allergy is to, by its codes.
#[derive(Debug, Default)]
pub(in crate::rules) struct Allergen {
    /// Ingredients.
    pub(in crate::rules) ingredients: Vec<String>,
    /// Classes that it names as such.
    pub(in crate::rules) classes: Vec<&'static Class>,
}

impl Allergen {
    /// Reads the codes of an allergy; empty where none is known.
    pub(in crate::rules) fn of(concept: &CodeableConcept) -> Self {
        let mut found = Self { ingredients: ingredients::of(concept).ingredients, classes: Vec::new() };
        for (system, code) in codings::codes(concept) {
            let named = |class: &&Class| match system.as_str() {
                SNOMED => class.snomed.contains(&code.as_str()),
                RXNORM => class.rxnorm.contains(&code.as_str()),
                _ => false,
            };
            found.classes.extend(CLASSES.iter().filter(named));
            let substance = SUBSTANCES.iter().filter(|(known, _)| system == SNOMED && *known == code);
            found.ingredients.extend(substance.map(|(_, ingredient)| (*ingredient).to_owned()));
        }
        found.classes.dedup();
        found.ingredients.sort();
        found.ingredients.dedup();
        found
    }
}

/// The classes of an ingredient.
pub(in crate::rules) fn of_ingredient(ingredient: &str) -> impl Iterator<Item = &'static Class> {
    CLASSES.iter().filter(move |class| class.members.contains(&ingredient))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_substance_and_member_is_written_as_rxnorm_writes_ingredients() {
        let members = CLASSES.iter().flat_map(|class| class.members);
        for name in members.chain(SUBSTANCES.iter().map(|(_, name)| name)) {
            assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == ' '), "{name}");
        }
    }
}
