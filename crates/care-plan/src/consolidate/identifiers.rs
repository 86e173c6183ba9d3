//! Evidence by business identifiers: resources of one type that carry exactly the same one.

use std::collections::BTreeMap;

use fhir::{Identifier, Resource};

use super::clusters::Group;
use crate::plan::Evidence;

/// A group for each identifier that several resources carry. The resources are sorted by key.
///
/// All members of a group share one identifier, so that a chain (A with B by one identifier, B with C by another) holds
/// together by identifiers what shares none only where nothing else could be meant: a resource is in one group at most.
pub(super) fn groups(resources: &[&Resource]) -> Vec<Group> {
    let mut carriers: BTreeMap<(&str, &str, &str), Vec<usize>> = BTreeMap::new();
    for (at, resource) in resources.iter().enumerate() {
        for (system, value) in resource.identifiers().iter().filter_map(identifying) {
            let carriers = carriers.entry((resource.kind(), system, value)).or_default();
            if carriers.last() != Some(&at) {
                carriers.push(at);
            }
        }
    }
    let mut taken = vec![false; resources.len()];
    let mut groups = Vec::new();
    for ((_, system, value), carriers) in carriers {
        if shared_within_a_source(resources, &carriers) {
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

/// True where one source uses the identifier for two of its resources: then it does not tell one from the other.
fn shared_within_a_source(resources: &[&Resource], carriers: &[usize]) -> bool {
    // Sorted by key, so the resources of one source stand together.
    carriers.windows(2).any(|pair| resources[pair[0]].key().source == resources[pair[1]].key().source)
}
