//! Evidence by business identifiers: resources of one type that carry exactly the same one.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use fhir::{Identifier, Resource};

use super::clusters::Group;
use super::contradiction::contradict;
use crate::plan::Evidence;

/// A group for each identifier that several resources carry. The resources are sorted by key.
///
/// All members of a group share one identifier, so that a chain (A with B by one identifier, B with C by another) holds
/// together by identifiers what shares none only where nothing else could be meant: a resource is in one group at most.
/// An identifier whose carriers contradict each other was used twice and does not tell one thing from another, at whatever
/// source they lie.
pub(super) fn groups(resources: &[&Resource]) -> Vec<Group> {
    let carried = resources.iter().enumerate().flat_map(|(at, resource)| {
        let identifiers = resource.identifiers().iter().filter_map(identifying);
        identifiers.map(move |(system, value)| ((resource.kind(), system, value), at))
    });
    let mut taken = vec![false; resources.len()];
    let mut groups = Vec::new();
    for ((_, system, value), carriers) in shared(carried, resources.len()) {
        if contradict(carriers.iter().map(|at| resources[*at])) {
            continue;
        }
        let members: Vec<usize> = carriers.into_iter().filter(|at| !taken[*at]).collect();
        if members.len() > 1 {
            members.iter().for_each(|at| taken[*at] = true);
            let because = Evidence::SameIdentifier { system: system.to_owned(), value: value.to_owned() };
            groups.push(Group { members, because });
        }
    }
    groups
}

/// What several carry, in order, with the positions of its carriers. Each carrier's come together; `about` says how many
/// there may be in all.
///
/// Most identifiers are carried once, so only those that are not are put in order.
pub(super) fn shared<T: Copy + Ord + Hash>(
    carried: impl Iterator<Item = (T, usize)>,
    about: usize,
) -> BTreeMap<T, Vec<usize>> {
    let mut first: HashMap<T, usize> = HashMap::with_capacity(about);
    let mut several: BTreeMap<T, Vec<usize>> = BTreeMap::new();
    for (what, at) in carried {
        match first.entry(what) {
            Entry::Vacant(entry) => {
                entry.insert(at);
            }
            Entry::Occupied(entry) => {
                let carriers = several.entry(what).or_insert_with(|| vec![*entry.get()]);
                if carriers.last() != Some(&at) {
                    carriers.push(at);
                }
            }
        }
    }
    several.retain(|_, carriers| carriers.len() > 1);
    several
}

/// System and value, where they say which one it is.
///
/// Not so: an identifier without a system, one that its source calls temporary, secondary or old (R4 `identifier-use`),
/// and an accession number, which all orders of one visit to the laboratory share.
pub(crate) fn identifying(identifier: &Identifier) -> Option<(&str, &str)> {
    let system = identifier.system.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let value = identifier.value.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let passing = matches!(identifier.used_as.as_deref(), Some("temp" | "secondary" | "old"));
    let accession = identifier.kind.as_ref().is_some_and(|kind| kind.first_code() == Some("ACSN"));
    (!passing && !accession).then_some((system, value))
}
