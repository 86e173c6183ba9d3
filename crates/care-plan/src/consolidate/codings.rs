//! Which code of several stands for a concept.

use fhir::CodeableConcept;
use fhir::codes::{LOINC, SNOMED, canonical_system};

/// System and code.
pub(crate) type Code = (String, String);

/// All codings that have a system and a code, the system in its canonical form.
pub(crate) fn codes(concept: &CodeableConcept) -> impl Iterator<Item = Code> + '_ {
    concept.coding.iter().filter_map(|coding| {
        let system = canonical_system(coding.system.as_deref()?.trim());
        let code = coding.code.as_deref()?.trim();
        (!system.is_empty() && !code.is_empty()).then(|| (system.to_owned(), code.to_owned()))
    })
}

/// The code that a series of readings goes by: LOINC before SNOMED CT before others, the smallest of several.
///
/// One code and not all: a local code such as "LAB" beside the LOINC code would join potassium with sodium.
pub(crate) fn principal(concept: &CodeableConcept) -> Option<Code> {
    codes(concept).min_by_key(|(system, code)| {
        let rank = match system.as_str() {
            LOINC => 0,
            SNOMED => 1,
            _ => 2,
        };
        (rank, system.clone(), code.clone())
    })
}

/// A label that is not blank.
pub(super) fn label(concept: Option<&CodeableConcept>) -> Option<String> {
    concept.and_then(CodeableConcept::label).map(|label| label.trim().to_owned()).filter(|label| !label.is_empty())
}

/// Text that is not blank.
pub(super) fn words(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
