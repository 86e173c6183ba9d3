//! From when to when something holds, and what overlaps.

use fhir::FhirDate;
use jiff::tz::TimeZone;

/// From when to when something holds, in days; open where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) begin: i64,
    pub(super) end: i64,
}

impl Span {
    /// Always, as far as anybody knows.
    pub(super) const OPEN: Self = Self { begin: i64::MIN, end: i64::MAX };

    /// From the first day that `begin` may mean to the last that `end` may mean.
    pub(super) fn new(begin: Option<&FhirDate>, end: Option<&FhirDate>) -> Self {
        let begin = begin.and_then(|date| date.first_day(&TimeZone::UTC)).map_or(i64::MIN, day);
        let end = end.and_then(|date| date.last_day(&TimeZone::UTC)).map_or(i64::MAX, day);
        // An end before the begin is an error of the record: the later of the two is kept.
        Self { begin, end: end.max(begin) }
    }
}

fn day(date: jiff::civil::Date) -> i64 {
    i64::from(date.year()) * 366 + i64::from(date.day_of_year())
}

/// Groups positions whose spans overlap, directly or over others; groups of one are left out.
///
/// One that begins on the day on which another ends follows it: a second job, a second course. Two that begin on one day
/// overlap, however short they are. What has no time at all goes with the only spell there is, or with the one that still
/// goes on; where several are over it may be any of them, so it joins none and ties none together.
pub(super) fn overlapping(spans: Vec<(usize, Span)>) -> Vec<Vec<usize>> {
    let (timeless, dated): (Vec<_>, Vec<_>) = spans.into_iter().partition(|(_, span)| *span == Span::OPEN);
    let mut spells = spells(dated);
    let timeless: Vec<usize> = timeless.into_iter().map(|(at, _)| at).collect();
    let only = spells.len() == 1;
    // They come in the order of their time, and only the last can go on.
    match spells.last_mut() {
        Some((members, until)) if only || until.end == i64::MAX => members.extend(timeless),
        _ => spells.push((timeless, Span::OPEN)),
    }
    let mut groups: Vec<Vec<usize>> = spells.into_iter().map(|(members, _)| members).collect();
    groups.retain(|members| members.len() > 1);
    for members in &mut groups {
        members.sort_unstable();
    }
    groups
}

/// Positions in groups whose spans overlap, each with the time of its whole, in the order of their time.
fn spells(mut spans: Vec<(usize, Span)>) -> Vec<(Vec<usize>, Span)> {
    spans.sort_by_key(|(at, span)| (span.begin, span.end, *at));
    let mut spells: Vec<(Vec<usize>, Span)> = Vec::new();
    for (at, span) in spans {
        match spells.last_mut() {
            // `begin` is that of the last one: they come in its order.
            Some((members, until)) if span.begin < until.end || span.begin == until.begin => {
                members.push(at);
                *until = Span { begin: span.begin, end: until.end.max(span.end) };
            }
            _ => spells.push((vec![at], span)),
        }
    }
    spells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_together_and_what_does_not_is_apart() {
        let date = |text: &str| FhirDate::parse(text);
        let span = |begin: &str, end: &str| Span::new(date(begin).as_ref(), date(end).as_ref());
        let spans = vec![
            (0, span("2010", "2010")),
            (1, span("2015-03", "2016")),
            (2, span("2016-06-01", "")),
            (3, span("2020", "2021")),
            (4, span("2009", "2009-12")),
        ];
        assert_eq!(overlapping(spans), [vec![1, 2, 3]]);
        let jobs = vec![
            (0, span("2018-06-21", "2019-06-27")),
            (1, span("2019-06-27", "2020-07-02")),
            (2, span("2020-07-02", "")),
        ];
        assert!(overlapping(jobs).is_empty(), "one after the other");
        assert_eq!(
            overlapping(vec![(0, span("2019-06-27", "2019-06-27")), (1, span("2019-06-27", "2019-06-27"))]),
            [vec![0, 1]]
        );
        assert_eq!(overlapping(vec![(0, Span::OPEN), (1, span("2010", "2010"))]), [vec![0, 1]]);
        let two = vec![(0, span("2010", "2010")), (1, Span::OPEN), (2, span("2015", "2015"))];
        assert!(overlapping(two).is_empty(), "one without a time ties no two spells together");
        let goes_on = vec![(0, span("2010", "2010")), (1, Span::OPEN), (2, span("2015", ""))];
        assert_eq!(overlapping(goes_on), [vec![1, 2]], "it speaks of the one that goes on");
    }
}
