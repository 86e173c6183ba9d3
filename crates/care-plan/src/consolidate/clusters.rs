//! Which resources are one item: those that carry exactly the same business identifier, and nothing else.
//!
//! All members of a cluster share one identifier, so that a chain (A with B by one identifier, B with C by another)
//! never makes one item of A and C. Text, codes and logical ids never join.

use std::collections::BTreeMap;

use fhir::{Identifier, Resource};

use crate::plan::{Because, Item, Member};

/// The members of an item, as positions in the list it was made from, and why they are one.
pub(super) struct Cluster {
    /// Positions, smallest key first; never empty.
    pub(super) members: Vec<usize>,
    /// Why.
    pub(super) because: Because,
}

/// Groups resources that are sorted by key; each is in exactly one cluster.
pub(super) fn by_identifier(resources: &[&Resource]) -> Vec<Cluster> {
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
    let mut clusters = Vec::new();
    for ((_, system, value), carriers) in carriers {
        if shared_within_a_source(resources, &carriers) {
            continue;
        }
        let members: Vec<usize> = carriers.into_iter().filter(|at| !taken[*at]).collect();
        if members.len() > 1 {
            members.iter().for_each(|at| taken[*at] = true);
            let because = Because::SameIdentifier { system: system.to_owned(), value: value.to_owned() };
            clusters.push(Cluster { members, because });
        }
    }
    let single = |at| Cluster { members: vec![at], because: Because::Single };
    clusters.extend((0..resources.len()).filter(|at| !taken[*at]).map(single));
    clusters.sort_by_key(|cluster| cluster.members[0]);
    clusters
}

/// System and value, where they say which one it is.
///
/// Not so: an identifier without a system, one that its source calls temporary, secondary or old (R4 `identifier-use`),
/// and an accession number, which all orders of one visit to the laboratory share.
fn identifying(identifier: &Identifier) -> Option<(&str, &str)> {
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

impl Cluster {
    /// Makes the common part of the item. `status` gives a member's status, by its position.
    pub(super) fn item<'s>(
        &self,
        letter: char,
        title: String,
        resources: &[&Resource],
        status: impl Fn(usize) -> Option<&'s str>,
    ) -> Item {
        let members: Vec<Member> = self.members.iter().map(|at| member(resources[*at], status(*at))).collect();
        Item { id: super::item_id::of_key(letter, &members[0].key), title, members, because: self.because.clone() }
    }
}

/// A resource as a member.
pub(super) fn member(resource: &Resource, status: Option<&str>) -> Member {
    Member {
        key: resource.key().clone(),
        version: resource.version().map(str::to_owned),
        status: status.map(str::to_owned),
        updated: resource.meta().last_updated.0.clone(),
    }
}
