//! Differences, as they are found.

use super::say::Say;
use super::{Difference, Field, Part, Said};
use crate::plan::Plan;

/// Where one looks: the part and its name.
pub(super) struct At {
    pub(super) part: Part,
    pub(super) name: String,
}

/// Two versions, and what is different so far.
pub(super) struct Found<'p> {
    pub(super) before: &'p Plan,
    pub(super) after: &'p Plan,
    pub(super) list: Vec<Difference>,
}

impl<'p> Found<'p> {
    pub(super) fn new(before: &'p Plan, after: &'p Plan) -> Self {
        Self { before, after, list: Vec::new() }
    }

    pub(super) fn push(&mut self, at: &At, field: Field, before: Option<Said>, after: Option<Said>) {
        self.list.push(Difference { part: at.part, name: at.name.clone(), field, before, after });
    }

    /// A field with one value, or none.
    pub(super) fn field<T: Say + PartialEq>(&mut self, at: &At, field: Field, before: Option<&T>, after: Option<&T>) {
        if before == after {
            return;
        }
        let (mut was, mut is) =
            (before.map(|before| before.say(self.before)), after.map(|after| after.say(self.after)));
        if was.as_ref().map(Said::words) == is.as_ref().map(Said::words) {
            was = before.map(|before| Said::Text(before.exactly(self.before)));
            is = after.map(|after| Said::Text(after.exactly(self.after)));
        }
        self.push(at, field, was, is);
    }

    /// A field with many values: each that came or went, or their order where that is all.
    pub(super) fn list<T: Say + PartialEq>(&mut self, at: &At, field: Field, before: &[T], after: &[T]) {
        let (gone, new) = (without(before, after), without(after, before));
        if gone.is_empty() && new.is_empty() {
            if before != after {
                let (was, is) = (self.joined(before, self.before, after), self.joined(after, self.after, before));
                self.push(at, field, Some(was), Some(is));
            }
            return;
        }
        let plain = |list: &[&T], plan| list.iter().map(|item| item.say(plan)).collect::<Vec<_>>();
        let (mut was, mut is) = (plain(&gone, self.before), plain(&new, self.after));
        if was.iter().any(|was| is.iter().any(|is| is.words() == was.words())) {
            was = gone.iter().map(|item| Said::Text(item.exactly(self.before))).collect();
            is = new.iter().map(|item| Said::Text(item.exactly(self.after))).collect();
        }
        for was in was {
            self.push(at, field.clone(), Some(was), None);
        }
        for is in is {
            self.push(at, field.clone(), None, Some(is));
        }
    }

    /// A list as one text; exactly, where it would read as the other does.
    fn joined<T: Say>(&self, list: &[T], plan: &Plan, other: &[T]) -> Said {
        let plain = |list: &[T]| list.iter().map(|item| item.say(plan).words()).collect::<Vec<_>>().join(", ");
        let exactly = || list.iter().map(|item| item.exactly(plan)).collect::<Vec<_>>().join(", ");
        Said::Text(if plain(list) == plain(other) { exactly() } else { plain(list) })
    }

    /// Parts with ids: what came, what went, and those that are in both, to be looked into.
    pub(super) fn parts<'t, T, K: PartialEq>(
        &mut self,
        (before, after): (&'t [T], &'t [T]),
        key: impl Fn(&T) -> K,
        at: impl Fn(&T) -> At,
        whole: impl Fn(&T, &Plan) -> Said,
    ) -> Vec<(&'t T, &'t T)> {
        let pairs = paired(before, after, key);
        let mut both = Vec::new();
        let mut places = Vec::new();
        for (was, is) in pairs {
            match (was, is) {
                (Some((place, was)), Some(is)) => {
                    places.push(place);
                    both.push((was, is));
                }
                (None, Some(is)) => self.push(&at(is), Field::Itself, None, Some(whole(is, self.after))),
                (Some((_, was)), None) => self.push(&at(was), Field::Itself, Some(whole(was, self.before)), None),
                (None, None) => {}
            }
        }
        for (pair, window) in places.windows(2).enumerate() {
            if window[0] > window[1] {
                let place = |place: usize| Said::Text(format!("place {}", place + 1));
                let now = after.iter().position(|part| std::ptr::eq(part, both[pair + 1].1)).unwrap_or_default();
                let said = (place(window[1]), place(now));
                // Where others came or went, the place alone may read the same.
                let is = if said.0 == said.1 { Said::Text("another place".to_owned()) } else { said.1 };
                self.push(&at(both[pair + 1].1), Field::Itself, Some(said.0), Some(is));
            }
        }
        both
    }
}

/// A part of the former version with its place, and the same part of the later one.
type Pair<'p, T> = (Option<(usize, &'p T)>, Option<&'p T>);

/// The same parts of both by their keys, the later version's first and in its order. Where a key stands twice, the first
/// belongs to the first.
fn paired<'p, T, K: PartialEq>(before: &'p [T], after: &'p [T], key: impl Fn(&T) -> K) -> Vec<Pair<'p, T>> {
    let mut left: Vec<(usize, &T)> = before.iter().enumerate().collect();
    let mut pairs: Vec<Pair<'p, T>> = Vec::new();
    for is in after {
        let found = left.iter().position(|(_, was)| key(was) == key(is));
        pairs.push((found.map(|at| left.remove(at)), Some(is)));
    }
    pairs.extend(left.into_iter().map(|was| (Some(was), None)));
    pairs
}

/// What of a list the other has not, each as often as it is missing.
fn without<'l, T: PartialEq>(list: &'l [T], other: &[T]) -> Vec<&'l T> {
    let mut used = vec![false; other.len()];
    let missing = |item: &&T| {
        let same = other.iter().enumerate().find(|(at, other)| !used[*at] && *other == *item).map(|(at, _)| at);
        if let Some(at) = same {
            used[at] = true;
        }
        same.is_none()
    };
    list.iter().filter(missing).collect()
}
