//! Evidence by codes: resources that carry the same code, or codes that mean the same by the crosswalk, at the same time.

use std::collections::BTreeMap;

use fhir::CodeableConcept;
use fhir::codes::{ICD10, ICD10CM, SNOMED};

use super::clusters::Group;
use super::codings::{Code, codes, label};
use super::crosswalk::{self, Family};
use super::span::{Span, overlapping};
use crate::plan::Evidence;

/// SNOMED CT concepts that say nothing about what is the matter or what is to be done: "disease", "finding", "procedure",
/// and acts that are nothing without their object, such as "assessment using assessment scale" or "patient education".
/// Two that share one of these share nothing.
const SAYS_NOTHING: [&str; 23] = [
    "64572001",
    "404684003",
    "55607006",
    "71388002",
    "138875005",
    "362981000",
    "261665006",
    "160245001",
    "243796009",
    "445536008",
    "409063005",
    "311401005",
    "409073007",
    "386053000",
    "3457005",
    "11429006",
    "185389009",
    "390906007",
    "15220000",
    "108252007",
    "363679005",
    "103693007",
    "277132007",
];

/// What a resource is about, and when it holds.
pub(super) struct About<'c> {
    /// Position in the list of entries.
    pub(super) at: usize,
    pub(super) concept: &'c CodeableConcept,
    pub(super) span: Span,
}

/// The codes of a concept that say something.
pub(super) fn telling(concept: &CodeableConcept) -> impl Iterator<Item = Code> + '_ {
    codes(concept).filter(|(system, code)| {
        !(system == SNOMED && SAYS_NOTHING.contains(&code.as_str())
            || system.ends_with("data-absent-reason")
            || system.ends_with("v3-NullFlavor"))
    })
}

/// True for a code of a classification that gathers different things: "other specified" (its last digit is 8, or 89) and the
/// chapter of factors that influence health, such as Z79.899, under which every long-term medicine is coded (ICD-10-CM
/// guidelines, sections I.A.6 and I.C.21). Two that share one share a drawer.
fn gathers((system, code): &Code) -> bool {
    let other = code.split_once('.').is_some_and(|(_, rest)| rest.ends_with('8') || rest.ends_with("89"));
    matches!(system.as_str(), ICD10CM | ICD10) && (other || code.starts_with('Z'))
}

/// When each of some entries holds, by its position.
type Spans = Vec<(usize, Span)>;

/// A group for each code, and for each family of the crosswalk, that several resources carry at overlapping times.
pub(super) fn groups(abouts: &[About<'_>]) -> Vec<Group> {
    // Under a code that gathers different things those are one that also call it the same.
    let mut by_code: BTreeMap<(Code, Option<String>), Spans> = BTreeMap::new();
    let mut by_family: BTreeMap<Family, Spans> = BTreeMap::new();
    let mut labels: BTreeMap<Code, String> = BTreeMap::new();
    for about in abouts {
        let mut families: Vec<Family> = Vec::new();
        for code in telling(about.concept) {
            families.extend(crosswalk::family(&code));
            if let Some(display) = display(about.concept, &code) {
                let kept = labels.entry(code.clone()).or_insert_with(|| display.clone());
                if display < *kept {
                    *kept = display;
                }
            }
            let called = gathers(&code).then(|| about.concept.label().unwrap_or_default().trim().to_lowercase());
            by_code.entry((code, called)).or_default().push((about.at, about.span));
        }
        families.sort_unstable();
        families.dedup();
        for family in families {
            by_family.entry(family).or_default().push((about.at, about.span));
        }
    }
    let mut groups = Vec::new();
    for ((code, _), spans) in by_code {
        for members in overlapping(spans) {
            let display = labels.get(&code).cloned();
            let (system, code) = code.clone();
            groups.push(Group { members, because: Evidence::SameCode { system, code, display } });
        }
    }
    for (family, spans) in by_family {
        for members in overlapping(spans) {
            groups.push(Group { members, because: Evidence::SameConcept { concept: family.words().to_owned() } });
        }
    }
    groups
}

/// What a concept calls one of its codes; its text, where that is its only coding.
fn display(concept: &CodeableConcept, code: &Code) -> Option<String> {
    let coding = concept.coding.iter().find(|coding| coding.code.as_deref().map(str::trim) == Some(code.1.as_str()))?;
    let own = coding.display.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    own.or_else(|| (concept.coding.len() == 1).then(|| label(Some(concept))).flatten())
}
