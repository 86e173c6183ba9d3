//! Evidence that sources state themselves: a Linkage says that resources are the same (R4 linkage.html), a Provenance that
//! one is a copy of another (R4 provenance.html).

use std::collections::HashMap;

use fhir::{Linkage, Provenance, Resource, ResourceKey};

use super::clusters::{Entry, Group};
use super::records::Records;
use crate::plan::Evidence;

/// Resources that a source says to be one.
pub(super) struct Tie {
    members: Vec<ResourceKey>,
    because: Evidence,
}

/// A group for each tie that holds two or more of the entries.
pub(super) fn groups(records: &Records<'_>, entries: &[Entry<'_>]) -> Vec<Group> {
    let ties = records.ties();
    if ties.is_empty() {
        return Vec::new();
    }
    let whole = entries.iter().enumerate().filter(|(_, entry)| entry.part.is_none());
    let positions: HashMap<&ResourceKey, usize> = whole.map(|(at, entry)| (entry.resource.key(), at)).collect();
    let group = |tie: &Tie| {
        let mut members: Vec<usize> = tie.members.iter().filter_map(|key| positions.get(key).copied()).collect();
        members.sort_unstable();
        members.dedup();
        (members.len() > 1).then(|| Group { members, because: tie.because.clone() })
    };
    ties.iter().filter_map(group).collect()
}

/// All ties that the records state.
pub(super) fn all(records: &Records<'_>) -> Vec<Tie> {
    let linked = records.of_kind("Linkage").filter_map(|resource| linked(records, resource));
    linked.chain(records.of_kind("Provenance").flat_map(|resource| copied(records, resource))).collect()
}

fn linked(records: &Records<'_>, resource: &Resource) -> Option<Tie> {
    let linkage: Linkage = resource.read();
    if linkage.active.0 == Some(false) {
        return None;
    }
    // A historical item is what a resource once was: it is the same thing all the same.
    let tied = linkage.item.iter().filter_map(|item| records.resource(resource, item.resource.as_ref()?));
    let members: Vec<ResourceKey> = tied.map(|tied| tied.key().clone()).collect();
    (members.len() > 1).then(|| Tie { members, because: Evidence::Linked { by: resource.key().clone() } })
}

/// A resource and what it was copied from, where both are of one type. What was derived from another or revises it is
/// something else than the other.
fn copied(records: &Records<'_>, resource: &Resource) -> Vec<Tie> {
    let provenance: Provenance = resource.read();
    let copied_from = |role: Option<&str>| matches!(role, Some("source" | "quotation"));
    let entities = provenance.entity.iter().filter(|entity| copied_from(entity.role.as_deref()));
    let originals: Vec<&Resource> =
        entities.filter_map(|entity| records.resource(resource, entity.what.as_ref()?)).collect();
    let tie = |target: &Resource| {
        let same = originals.iter().filter(|original| original.kind() == target.kind());
        let mut members: Vec<ResourceKey> = same.map(|original| original.key().clone()).collect();
        // Made of several of its kind: a summary, and a copy of none.
        (members.len() == 1 && members[0] != *target.key()).then(|| {
            members.push(target.key().clone());
            Tie { members, because: Evidence::Copied { by: resource.key().clone() } }
        })
    };
    let targets = provenance.target.iter().filter_map(|target| records.resource(resource, target));
    targets.filter_map(tie).collect()
}
