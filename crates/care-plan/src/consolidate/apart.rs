//! Measures that share a code and are not the same.
//!
//! Home readings come with one LOINC code on the systolic and on the diastolic value, told apart only by the source's own
//! code beside it. On one line they would show a pressure that jumps up and down.

use std::collections::{BTreeMap, BTreeSet};

use fhir::CodeableConcept;

use super::codings::{Code, codes};

/// One Observation, as far as it matters here.
pub(super) struct Named<'a> {
    pub(super) principal: &'a Code,
    pub(super) concept: &'a CodeableConcept,
}

/// Finds, for each Observation, the further codes that tell it from others with the same principal code.
///
/// A system tells apart where there are two of its codes *and* two labels: a laboratory that changed its code for the
/// same test, or a test that is called differently here and there, stays one measure. Which source holds an Observation
/// says nothing: two home readings at two places are as different as at one.
pub(super) fn tell(observations: &[Option<Named<'_>>]) -> Vec<Vec<Code>> {
    let mut groups: BTreeMap<&Code, Vec<usize>> = BTreeMap::new();
    for (at, named) in observations.iter().enumerate() {
        if let Some(named) = named {
            groups.entry(named.principal).or_default().push(at);
        }
    }
    let mut apart = vec![Vec::new(); observations.len()];
    for (principal, members) in groups.into_iter().filter(|(_, members)| members.len() > 1) {
        let mut of_system: BTreeMap<String, BTreeMap<String, BTreeSet<&str>>> = BTreeMap::new();
        let named = || members.iter().filter_map(|at| Some((*at, observations[*at].as_ref()?)));
        for (_, one) in named() {
            for (system, code) in further(one, principal) {
                of_system.entry(system).or_default().entry(code).or_default().extend(one.concept.label());
            }
        }
        let telling = |system: &str| of_system.get(system).is_some_and(|codes| tells(codes.values()));
        for (at, one) in named() {
            apart[at] = further(one, principal).filter(|(system, _)| telling(system)).collect();
            apart[at].sort();
            apart[at].dedup();
        }
    }
    apart
}

/// The codes beside the principal one.
fn further<'n>(named: &'n Named<'_>, principal: &'n Code) -> impl Iterator<Item = Code> + 'n {
    codes(named.concept).filter(move |code| code != principal)
}

/// True where no two codes of a system share a label.
fn tells<'l>(labels: impl ExactSizeIterator<Item = &'l BTreeSet<&'l str>>) -> bool {
    let codes = labels.len();
    let mut seen = BTreeSet::new();
    let distinct = labels.flatten().all(|label| seen.insert(*label));
    codes > 1 && distinct && seen.len() >= codes
}
