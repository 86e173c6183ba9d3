//! Which resources are one item, from groups of them that evidence holds together.
//!
//! *Invariant:* nothing here looks at the source of a resource, so a record that is split over several servers gives the
//! same clusters; and nothing here looks at words.

use std::collections::{BTreeMap, BTreeSet};

use fhir::Resource;

use super::confidentiality;
use crate::decisions::{Decisions, Grouping, MemberName};
use crate::plan::{Confidentiality, Evidence, Item, Member};

/// What can be a member: a resource, or a part of one.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) resource: &'a Resource,
    /// Position of the activity, for one that only a plan describes.
    pub(super) part: Option<usize>,
}

impl<'a> Entry<'a> {
    /// A whole resource.
    pub(super) fn whole(resource: &'a Resource) -> Self {
        Self { resource, part: None }
    }

    /// What entries are sorted by.
    pub(super) fn order(&self) -> (&'a fhir::ResourceKey, Option<usize>) {
        (self.resource.key(), self.part)
    }

    fn name(&self) -> MemberName {
        MemberName { key: self.resource.key().clone(), part: self.part }
    }
}

/// Entries that some evidence holds together, as positions in the list of entries.
pub(super) struct Group {
    pub(super) members: Vec<usize>,
    pub(super) because: Evidence,
}

/// The members of an item, as positions in the list it was made from, and why they are one.
pub(super) struct Cluster {
    /// Positions, smallest key first; never empty.
    pub(super) members: Vec<usize>,
    /// Why; empty for one member.
    pub(super) because: Vec<Evidence>,
}

/// Joins entries that are sorted by key; each is in exactly one cluster.
pub(super) fn join(entries: &[Entry<'_>], groups: Vec<Group>, decisions: &Decisions) -> Vec<Cluster> {
    let mut sets = Sets::new(entries.len());
    let apart = Apart::of(entries, decisions);
    let mut held: Vec<Group> = Vec::new();
    for group in groups {
        held.extend(apart.divide(group));
    }
    held.extend(by_hand(entries, decisions));
    for group in &held {
        for pair in group.members.windows(2) {
            sets.unite(pair[0], pair[1]);
        }
    }
    let mut clusters: BTreeMap<usize, Cluster> = BTreeMap::new();
    for at in 0..entries.len() {
        let root = sets.root(at);
        clusters.entry(root).or_insert_with(|| Cluster { members: Vec::new(), because: Vec::new() }).members.push(at);
    }
    for group in held.into_iter().filter(|group| group.members.len() > 1) {
        if let Some(cluster) = clusters.get_mut(&sets.root(group.members[0])) {
            cluster.because.push(group.because);
        }
    }
    let mut clusters: Vec<Cluster> = clusters.into_values().collect();
    for cluster in &mut clusters {
        cluster.because.sort();
        cluster.because.dedup();
    }
    clusters.sort_by_key(|cluster| cluster.members[0]);
    clusters
}

/// For each of `count` entries the smallest one that it hangs together with over some groups.
pub(super) fn roots(count: usize, groups: &[Group]) -> Vec<usize> {
    tied(count, groups.iter().map(|group| &group.members[..]))
}

/// The same over lists of positions.
pub(super) fn tied<'l>(count: usize, lists: impl Iterator<Item = &'l [usize]>) -> Vec<usize> {
    let mut sets = Sets::new(count);
    for pair in lists.flat_map(|members| members.windows(2)) {
        sets.unite(pair[0], pair[1]);
    }
    (0..count).map(|at| sets.root(at)).collect()
}

fn by_hand<'e>(entries: &'e [Entry<'_>], decisions: &'e Decisions) -> impl Iterator<Item = Group> + 'e {
    decisions.groupings.iter().filter_map(|grouping| {
        let Grouping::Join { members } = grouping else { return None };
        let members: Vec<usize> = positions(entries, members);
        (members.len() > 1).then_some(Group { members, because: Evidence::ByHand })
    })
}

fn positions(entries: &[Entry<'_>], names: &BTreeSet<MemberName>) -> Vec<usize> {
    (0..entries.len()).filter(|at| names.contains(&entries[*at].name())).collect()
}

/// Which entries somebody has set apart, by decision.
struct Apart {
    /// For each entry the decisions that name it.
    sets: BTreeMap<usize, BTreeSet<usize>>,
}

impl Apart {
    fn of(entries: &[Entry<'_>], decisions: &Decisions) -> Self {
        let mut sets: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for (number, grouping) in decisions.groupings.iter().enumerate() {
            let Grouping::Split { members } = grouping else { continue };
            for at in positions(entries, members) {
                sets.entry(at).or_default().insert(number);
            }
        }
        Self { sets }
    }

    /// The group, in the parts that no decision holds apart.
    fn divide(&self, group: Group) -> Vec<Group> {
        if self.sets.is_empty() {
            return vec![group];
        }
        let mut parts: BTreeMap<Option<&BTreeSet<usize>>, Vec<usize>> = BTreeMap::new();
        for at in &group.members {
            parts.entry(self.sets.get(at)).or_default().push(*at);
        }
        parts.into_values().map(|members| Group { members, because: group.because.clone() }).collect()
    }
}

/// Disjoint sets; the root of a set is its smallest member.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Self { parent: (0..count).collect() }
    }

    fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.parent[root] != root {
            root = self.parent[root];
        }
        let mut at = at;
        while self.parent[at] != root {
            at = std::mem::replace(&mut self.parent[at], root);
        }
        root
    }

    fn unite(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }
}

impl Cluster {
    /// Makes the common part of the item. `status` gives a member's status, by its position.
    pub(super) fn item<'s>(
        &self,
        letter: char,
        title: String,
        entries: &[Entry<'_>],
        status: impl Fn(usize) -> Option<&'s str>,
    ) -> Item {
        let members: Vec<Member> = self.members.iter().map(|at| member(entries[*at], status(*at))).collect();
        item(letter, title, members, self.because.clone())
    }
}

/// An item of these members, with its name made of the first.
pub(super) fn item(letter: char, title: String, members: Vec<Member>, because: Vec<Evidence>) -> Item {
    let first = &members[0];
    let id = match first.part {
        None => super::item_id::of_key(letter, &first.key),
        Some(part) => super::item_id::of_part(letter, &first.key, part),
    };
    let confidentiality = highest(&members);
    Item { id, title, members, because, confidentiality }
}

/// The highest confidentiality of some members.
pub(super) fn highest(members: &[Member]) -> Confidentiality {
    members.iter().map(|member| member.confidentiality).max().unwrap_or_default()
}

/// An entry as a member.
pub(super) fn member(entry: Entry<'_>, status: Option<&str>) -> Member {
    let resource = entry.resource;
    Member {
        key: resource.key().clone(),
        part: entry.part,
        version: resource.version().map(str::to_owned),
        status: status.map(str::to_owned),
        updated: resource.meta().last_updated.0.clone(),
        confidentiality: confidentiality::of(resource),
    }
}
