//! What goals are for: two that measure the same and address different concerns are two.
//!
//! "HbA1c below 7" for diabetes and an HbA1c that surgery waits for are reached, missed and ended each for itself; as one
//! item each would have the other's date and be called done with it. What is compared are the concerns as they stand in
//! the plan, whichever records hold them, so two goals that name one illness by two Conditions are for the same.
//! An identifier, a Linkage or somebody's word is proof all the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fhir::ResourceKey;

use super::clusters::{Group, tied};
use super::goals::Aim;
use super::records::Records;
use crate::decisions::{Decisions, Grouping};
use crate::plan::{Concern, ItemId};

/// Some concerns.
type Concerns<'c> = BTreeSet<&'c ItemId>;

/// The concerns that each goal says it addresses, and which goals somebody has joined.
pub(super) struct Intents<'c> {
    stated: Vec<Concerns<'c>>,
    by_hand: Vec<Vec<usize>>,
}

impl<'c> Intents<'c> {
    /// What the goals address. A reference that leads to no concern, or to one that every record took back, says nothing:
    /// what it means is not known.
    pub(super) fn of(records: &Records<'_>, aims: &[Aim<'_>], concerns: &'c [Concern], decisions: &Decisions) -> Self {
        let mut by_key: HashMap<&ResourceKey, &'c ItemId> = HashMap::new();
        for item in concerns.iter().filter(|concern| !concern.is_void()).map(|concern| &concern.item) {
            by_key.extend(item.members.iter().map(|member| (&member.key, &item.id)));
        }
        let addressed = |aim: &Aim<'_>| -> Concerns<'c> {
            let led = aim.view.addresses.iter().filter_map(|to| records.resource(aim.resource, to));
            led.filter_map(|resource| by_key.get(resource.key()).copied()).collect()
        };
        let positions: HashMap<&ResourceKey, usize> =
            aims.iter().enumerate().map(|(at, aim)| (aim.resource.key(), at)).collect();
        let joined = |grouping: &Grouping| match grouping {
            Grouping::Join { members } => members.iter().filter_map(|name| positions.get(&name.key).copied()).collect(),
            Grouping::Split { .. } => Vec::new(),
        };
        Self { stated: aims.iter().map(addressed).collect(), by_hand: decisions.groupings.iter().map(joined).collect() }
    }

    /// The groups in parts whose goals are for a concern in common.
    ///
    /// Looks at all that hangs together. Goals that share a concern, directly or over others, are one where all of them
    /// share one; else those that address exactly the same. So no item holds two goals for nothing in common, also where a
    /// third is for both. One that says nothing goes with the others where they are all of one part, and ties no two.
    pub(super) fn hold_apart(&self, groups: Vec<Group>, proven: &[Group]) -> Vec<Group> {
        if self.stated.iter().filter(|stated| !stated.is_empty()).collect::<BTreeSet<_>>().len() < 2 {
            return groups;
        }
        let parts = self.parts(&groups, proven);
        let mut parted = Vec::new();
        for group in groups {
            let mut members: BTreeMap<&Option<Concerns<'c>>, Vec<usize>> = BTreeMap::new();
            for at in group.members {
                members.entry(&parts[at]).or_default().push(at);
            }
            let several = members.into_values().filter(|members| members.len() > 1);
            parted.extend(several.map(|members| Group { members, because: group.because.clone() }));
        }
        parted
    }

    /// For each goal what its part of the whole is for; `None` for one that says nothing among several parts.
    fn parts(&self, groups: &[Group], proven: &[Group]) -> Vec<Option<Concerns<'c>>> {
        let count = self.stated.len();
        let certain = || proven.iter().map(|group| &group.members[..]).chain(self.by_hand.iter().map(Vec::as_slice));
        let whole = tied(count, certain().chain(groups.iter().map(|group| &group.members[..])));
        // What is proven to be one goal is for all that any of its records says.
        let one = tied(count, certain());
        let mut united: BTreeMap<usize, Concerns<'c>> = BTreeMap::new();
        for (at, stated) in self.stated.iter().enumerate() {
            united.entry(one[at]).or_default().extend(stated);
        }
        let for_what = |at: usize| &united[&one[at]];

        let mut sharing: BTreeMap<(usize, &ItemId), Vec<usize>> = BTreeMap::new();
        for (at, whole) in whole.iter().enumerate() {
            for concern in for_what(at) {
                sharing.entry((*whole, *concern)).or_default().push(at);
            }
        }
        let near = tied(count, sharing.values().map(Vec::as_slice));
        let mut common: BTreeMap<usize, Concerns<'c>> = BTreeMap::new();
        for at in (0..count).filter(|at| !for_what(*at).is_empty()) {
            let all = common.entry(near[at]).or_insert_with(|| for_what(at).clone());
            all.retain(|concern| for_what(at).contains(concern));
        }
        let part = |at: usize| {
            let own = for_what(at);
            let shared = common.get(&near[at]).filter(|_| !own.is_empty())?;
            Some(if shared.is_empty() { own.clone() } else { shared.clone() })
        };
        let parts: Vec<Option<Concerns<'c>>> = (0..count).map(part).collect();
        let mut of_whole: BTreeMap<usize, BTreeSet<&Concerns<'c>>> = BTreeMap::new();
        for (at, part) in parts.iter().enumerate() {
            of_whole.entry(whole[at]).or_default().extend(part);
        }
        let only = |at: usize| {
            let parts = of_whole.get(&whole[at]).filter(|parts| parts.len() == 1)?;
            parts.first().map(|one| (*one).clone())
        };
        (0..count).map(|at| parts[at].clone().or_else(|| only(at))).collect()
    }
}
