//! The links between items: each pair once, stated before inferred, from the concern's side to the outcome's.

use std::collections::BTreeMap;

use super::places::Place;
use crate::plan::{Basis, ItemId, Link};

/// The links found so far.
#[derive(Default)]
pub(super) struct Links {
    found: BTreeMap<(Place, Place), Basis>,
}

impl Links {
    /// Adds a link between two items.
    ///
    /// The item whose column is nearer to the concerns becomes the start; within a column, the first one given. An item is
    /// never linked with itself. Of two reasons for one link the stated one stays, then the first in the alphabet.
    pub(super) fn add(&mut self, one: &Place, other: &Place, basis: Basis) {
        if one.id == other.id {
            return;
        }
        let (from, to) = if other.column < one.column { (other, one) } else { (one, other) };
        let kept = self.found.entry((from.clone(), to.clone())).or_insert_with(|| basis.clone());
        if basis < *kept {
            *kept = basis;
        }
    }

    /// All links so far, by the places they join.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Place, &Place, &Basis)> {
        self.found.iter().map(|((from, to), basis)| (from, to, basis))
    }

    /// All links, sorted. Of two links between the same items in both directions the stronger stays.
    pub(super) fn into_sorted(self) -> Vec<Link> {
        let mut pairs: BTreeMap<(ItemId, ItemId), Link> = BTreeMap::new();
        for ((from, to), basis) in self.found {
            let link = Link { from: from.id, to: to.id, basis };
            let ends = if link.from < link.to {
                (link.from.clone(), link.to.clone())
            } else {
                (link.to.clone(), link.from.clone())
            };
            let kept = pairs.entry(ends).or_insert_with(|| link.clone());
            if (&link.basis, &link.from) < (&kept.basis, &kept.from) {
                *kept = link;
            }
        }
        let mut links: Vec<Link> = pairs.into_values().collect();
        links.sort();
        links
    }
}
