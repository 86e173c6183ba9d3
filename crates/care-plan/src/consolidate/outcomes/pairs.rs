//! Blood pressures that were recorded as two Observations: a systolic and a diastolic value of the same instant.

use std::collections::BTreeMap;

use super::duplicates::Marks;
use super::entry::Entry;
use super::observed::Observed;
use crate::consolidate::values::Scale;
use crate::measures;
use crate::plan::Value;

/// Makes pairs of halves that belong together and leaves everything else as it is.
///
/// Two belong together where at their instant there is no other half that stands and is not a copy (`repeats`), both have
/// the same unit, and neither says another performer, site or method than the other. Where there are more, nobody can
/// tell which belongs to which.
pub(super) fn join<'o>(
    observations: &[Observed<'_>],
    entries: Vec<Entry<'o>>,
    repeats: &[Option<usize>],
) -> Vec<Entry<'o>> {
    let mut halves: BTreeMap<i128, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let observed = &observations[entry.at];
        let exact = matches!(*entry.value, Value::Quantity { comparator: None, .. });
        if repeats[at].is_some() || entry.scale != Scale::Number || !exact || !observed.stands() {
            continue;
        }
        let (Some((measure, _)), Some(instant)) = (entry.measure, observed.instant) else { continue };
        match measure.name {
            measures::SYSTOLIC => halves.entry(instant).or_default().0.push(at),
            measures::DIASTOLIC => halves.entry(instant).or_default().1.push(at),
            _ => {}
        }
    }
    let mut copies: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, original) in repeats.iter().enumerate() {
        original.iter().for_each(|original| copies.entry(*original).or_default().push(at));
    }
    let mut joined: BTreeMap<usize, Entry<'o>> = BTreeMap::new();
    let mut taken = vec![false; entries.len()];
    for (high, low) in halves.into_values() {
        let ([high], [low]) = (&high[..], &low[..]) else { continue };
        let (above, below) = (&entries[*high], &entries[*low]);
        let both = [&observations[above.at], &observations[below.at]];
        let fit = above.unit == below.unit && !Marks::differ(&Marks::circumstances_of(both));
        let Some(pair) = fit.then(|| Entry::pair(above, below)).flatten() else { continue };
        let (of_high, of_low) = (copies.remove(high).unwrap_or_default(), copies.remove(low).unwrap_or_default());
        for at in 0..of_high.len().max(of_low.len()) {
            let (one, other) = (of_high.get(at), of_low.get(at));
            let copy = one.zip(other).and_then(|(one, other)| Entry::pair(&entries[*one], &entries[*other]));
            let halves: Vec<usize> = one.into_iter().chain(other).copied().collect();
            if let (Some(copy), [one, other]) = (copy, &halves[..]) {
                joined.insert(*one, Entry { repeats: Some(pair.at), ..copy });
                taken[*other] = true;
            } else {
                // A copy of one half alone goes where its original went.
                for half in halves {
                    joined.insert(half, entries[half].copy_of_half(&pair));
                }
            }
        }
        joined.insert(*high, pair);
        taken[*low] = true;
    }
    let whole = entries.into_iter().enumerate().filter(|(at, _)| !taken[*at]);
    whole.map(|(at, entry)| joined.remove(&at).unwrap_or(entry)).collect()
}
