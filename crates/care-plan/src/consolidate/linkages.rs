//! Evidence by Linkage: a source says that resources are the same (R4 linkage.html).

use std::collections::HashMap;

use fhir::{Linkage, ResourceKey};

use super::clusters::{Entry, Group};
use super::records::Records;
use crate::plan::Evidence;

/// A group for each active Linkage that ties two or more of the entries.
pub(super) fn groups(records: &Records<'_>, entries: &[Entry<'_>]) -> Vec<Group> {
    let mut linkages = records.of_kind("Linkage").peekable();
    if linkages.peek().is_none() {
        return Vec::new();
    }
    let whole = entries.iter().enumerate().filter(|(_, entry)| entry.part.is_none());
    let positions: HashMap<&ResourceKey, usize> = whole.map(|(at, entry)| (entry.resource.key(), at)).collect();
    let group = |resource: &fhir::Resource| {
        let linkage: Linkage = resource.read();
        if linkage.active.0 == Some(false) {
            return None;
        }
        // A historical item is what a resource once was: it is the same thing all the same.
        let tied = linkage.item.iter().filter_map(|item| records.resource(resource, item.resource.as_ref()?));
        let mut members: Vec<usize> = tied.filter_map(|tied| positions.get(tied.key()).copied()).collect();
        members.sort_unstable();
        members.dedup();
        let because = Evidence::Linked { by: resource.key().clone() };
        (members.len() > 1).then_some(Group { members, because })
    };
    linkages.filter_map(group).collect()
}
