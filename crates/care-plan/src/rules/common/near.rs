//! Which of many orders may be meant for one time: found by their days, not by comparing each with each.

use jiff::civil::Date;

/// When an order is to be carried out, and when it was given.
#[derive(Clone, Copy)]
pub(in crate::rules) struct When {
    /// First and last day, where it says so.
    pub(in crate::rules) days: Option<(Date, Date)>,
    /// When it was given, in seconds.
    pub(in crate::rules) given: Option<i64>,
}

impl When {
    /// True where both say when, and at no common day.
    pub(in crate::rules) fn is_apart_from(&self, other: &Self) -> bool {
        match (self.days, other.days) {
            (Some((begin, end)), Some((other_begin, other_end))) => end < other_begin || other_end < begin,
            _ => false,
        }
    }
}

/// Orders by their days.
pub(in crate::rules) struct Near {
    whens: Vec<When>,
    /// Those that say on which days, by the first of them.
    dated: Vec<(Date, Date, usize)>,
    /// Days of the longest.
    longest: i32,
    /// Those that do not, and all, by when they were given.
    undated: Vec<usize>,
    all: Vec<usize>,
}

impl Near {
    pub(in crate::rules) fn of(whens: Vec<When>) -> Self {
        let mut all: Vec<usize> = (0..whens.len()).collect();
        all.sort_by_key(|at| whens[*at].given);
        let undated = all.iter().copied().filter(|at| whens[*at].days.is_none()).collect();
        let mut dated: Vec<(Date, Date, usize)> =
            all.iter().filter_map(|at| whens[*at].days.map(|(begin, end)| (begin, end, *at))).collect();
        dated.sort_unstable();
        let longest = dated.iter().map(|(begin, end, _)| (*end - *begin).get_days()).max().unwrap_or_default();
        Self { whens, dated, longest, undated, all }
    }

    /// The orders that may be for a day of this one, those given about the same time first among those that do not say.
    pub(in crate::rules) fn sharing(&self, one: usize) -> impl Iterator<Item = usize> {
        let (dated, silent) = match self.whens[one].days {
            Some(days) => (Some(days), &self.undated),
            None => (None, &self.all),
        };
        let dated = dated.into_iter().flat_map(move |(begin, end)| {
            let far = |from: Date| (begin - from).get_days() > self.longest;
            let first = self.dated.partition_point(|(from, ..)| far(*from));
            let begun = self.dated[first..].iter().take_while(move |(from, ..)| *from <= end);
            begun.filter(move |(_, until, _)| *until >= begin).map(|(.., at)| *at)
        });
        let from = silent.partition_point(|at| self.whens[*at].given < self.whens[one].given);
        dated.chain(outward(silent, from)).filter(move |at| *at != one)
    }
}

/// All of a list, from a position in both directions.
fn outward(list: &[usize], from: usize) -> impl Iterator<Item = usize> {
    let (before, after) = list.split_at(from);
    let pair = |at: usize| [after.get(at), before.iter().nth_back(at)];
    (0..before.len().max(after.len())).flat_map(pair).flatten().copied()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_shares_a_day_or_says_none_is_found_and_nothing_else() {
        let day = |day| date(2026, 3, day);
        let spans = [Some((1, 1)), Some((1, 20)), Some((5, 5)), None, Some((21, 25)), None, Some((20, 21))];
        let when =
            |span: &Option<(i8, i8)>| When { days: span.map(|(one, other)| (day(one), day(other))), given: None };
        let whens: Vec<When> = spans.iter().map(when).collect();
        let near = Near::of(whens.clone());
        for one in 0..whens.len() {
            let mut found: Vec<usize> = near.sharing(one).collect();
            found.sort_unstable();
            let wanted: Vec<usize> =
                (0..whens.len()).filter(|at| *at != one && !whens[*at].is_apart_from(&whens[one])).collect();
            assert_eq!(found, wanted, "{one}");
        }
    }
}
