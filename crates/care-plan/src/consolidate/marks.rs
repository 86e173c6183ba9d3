//! What holds resources apart though they share a code: the left knee is not the right one, a tablet is no injection, and
//! what must not be done is not what is to be done.
//!
//! Words may hold apart; they never join.

use std::collections::{BTreeMap, BTreeSet};

use fhir::codes::SNOMED;
use fhir::{CodeableConcept, Many, Resource};
use serde::Deserialize;

use super::clusters::Group;
use super::codings::codes;
use crate::plan::Medication;

/// Sides by their SNOMED CT qualifiers and their words.
const SIDES: [(&str, &str); 4] =
    [("7771000", "left"), ("24028007", "right"), ("51440002", "bilateral"), ("51440002", "both")];
/// Words of RxNorm's dose forms, each with how the form is given. The first that fits counts, so that a sublingual tablet
/// is no tablet to swallow.
const ROUTES: [(&str, &str); 21] = [
    ("sublingual", "sublingual"),
    ("buccal", "buccal"),
    ("transdermal", "transdermal"),
    ("patch", "transdermal"),
    ("ophthalmic", "eye"),
    ("otic", "ear"),
    ("nasal", "nose"),
    ("inhal", "inhaled"),
    ("vaginal", "vaginal"),
    ("rectal", "rectal"),
    ("suppository", "rectal"),
    ("inject", "injected"),
    ("syringe", "injected"),
    ("cartridge", "injected"),
    ("implant", "implanted"),
    ("topical", "skin"),
    ("cream", "skin"),
    ("ointment", "skin"),
    ("oral", "swallowed"),
    ("tablet", "swallowed"),
    ("capsule", "swallowed"),
];

/// What a resource says that must be the same for all of one item: a subject, such as the side of the body, and what it
/// says there. Who is silent about a subject says nothing different.
#[derive(Debug, Default)]
pub(super) struct Marks(pub(super) BTreeMap<String, String>);

#[derive(Deserialize, Default)]
#[serde(default, rename_all = "camelCase")]
struct Sited {
    body_site: Many<CodeableConcept>,
}

impl Marks {
    /// Where in the body it is: the side, by code or by words, and the site by its codes.
    pub(super) fn of_body(resource: &Resource, concept: &CodeableConcept) -> Self {
        let mut marks = Self::default();
        // Few resources name a site, and the others need not be read again.
        let sites =
            if resource.r4().contains("\"bodySite\"") { resource.read::<Sited>().body_site.0 } else { Vec::new() };
        let mut by_system: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (system, code) in sites.iter().flat_map(codes) {
            by_system.entry(system).or_default().insert(code);
        }
        for (system, codes) in by_system {
            marks.add(format!("site {system}"), codes.into_iter().collect::<Vec<_>>().join(" "));
        }
        let sides: BTreeSet<&str> = sites.iter().chain([concept]).flat_map(sides).collect();
        if let [side] = sides.into_iter().collect::<Vec<_>>()[..] {
            marks.add("side".to_owned(), side.to_owned());
        }
        marks
    }

    /// Strength, and how it is given and released, where a name of RxNorm says: the code of an ingredient beside the code
    /// of the product does not make a tablet and an injection one.
    pub(super) fn of_medication(medication: &Medication) -> Self {
        let mut marks = Self::default();
        if let Some(strength) = &medication.strength {
            marks.add("strength".to_owned(), strength.clone());
        }
        if let Some((route, release)) = medication.form.as_deref().and_then(form) {
            marks.add("route".to_owned(), route.to_owned());
            marks.add("release".to_owned(), release.to_owned());
        }
        marks
    }

    /// Adds what it says of a subject.
    pub(super) fn add(&mut self, subject: String, says: String) {
        self.0.insert(subject, says);
    }
}

/// The sides that a concept names.
fn sides(concept: &CodeableConcept) -> impl Iterator<Item = &'static str> {
    let mut found = Vec::new();
    for (_, code) in codes(concept).filter(|(system, _)| system == SNOMED) {
        found.extend(SIDES.iter().find(|(known, _)| *known == code).map(|(_, side)| *side));
    }
    let texts = concept.coding.iter().filter_map(|coding| coding.display.as_deref()).chain(concept.text.as_deref());
    for word in texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric())) {
        found.extend(SIDES.iter().find(|(_, side)| word.eq_ignore_ascii_case(side)).map(|(_, side)| *side));
    }
    found.into_iter().map(|side| if side == "both" { "bilateral" } else { side })
}

/// How a medication is given and released, by its form in small letters; `None` where that does not say.
fn form(name: &str) -> Option<(&'static str, &'static str)> {
    let (_, route) = ROUTES.iter().find(|(form, _)| name.split_whitespace().any(|word| word.starts_with(form)))?;
    let release = match () {
        () if name.contains("extended release") => "extended",
        () if name.contains("delayed release") || name.contains("enteric") => "delayed",
        () => "at once",
    };
    Some((route, release))
}

/// The groups in parts whose members say nothing different of one subject.
///
/// Looks at all that hangs together, so that one who is silent does not tie the left with the right; where others differ,
/// the silent ones stay with each other.
pub(super) fn hold_apart(groups: Vec<Group>, marks: &[Marks]) -> Vec<Group> {
    if marks.iter().all(|marks| marks.0.is_empty()) {
        return groups;
    }
    let whole = super::clusters::roots(marks.len(), &groups);
    let mut said: BTreeMap<(usize, &str), BTreeSet<&str>> = BTreeMap::new();
    for (at, marks) in marks.iter().enumerate() {
        for (subject, says) in &marks.0 {
            said.entry((whole[at], subject)).or_default().insert(says);
        }
    }
    let differs = |at: usize, subject: &str| said.get(&(whole[at], subject)).is_some_and(|says| says.len() > 1);
    let mut parted = Vec::new();
    for group in groups {
        let mut parts: BTreeMap<Vec<(&str, &str)>, Vec<usize>> = BTreeMap::new();
        for at in group.members {
            let own = marks[at].0.iter().filter(|(subject, _)| differs(at, subject));
            parts.entry(own.map(|(subject, says)| (subject.as_str(), says.as_str())).collect()).or_default().push(at);
        }
        let several = parts.into_values().filter(|members| members.len() > 1);
        parted.extend(several.map(|members| Group { members, because: group.because.clone() }));
    }
    parted
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn a_form_says_how_it_is_given_and_released() {
        for (name, route, release) in [
            ("oral tablet", "swallowed", "at once"),
            ("extended release oral tablet", "swallowed", "extended"),
            ("delayed release oral capsule", "swallowed", "delayed"),
            ("sublingual tablet", "sublingual", "at once"),
            ("injectable solution", "injected", "at once"),
            ("ophthalmic ointment", "eye", "at once"),
        ] {
            assert_eq!(form(name), Some((route, release)), "{name}");
        }
        assert_eq!(form("pack"), None);
    }
}
