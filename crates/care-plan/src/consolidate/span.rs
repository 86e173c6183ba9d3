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
/// overlap, however short they are.
pub(super) fn overlapping(mut spans: Vec<(usize, Span)>) -> Vec<Vec<usize>> {
    spans.sort_by_key(|(at, span)| (span.begin, span.end, *at));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut open: Option<(Vec<usize>, Span)> = None;
    for (at, span) in spans {
        match &mut open {
            // `begin` is that of the last one: they come in its order.
            Some((members, until)) if span.begin < until.end || span.begin == until.begin => {
                members.push(at);
                *until = Span { begin: span.begin, end: until.end.max(span.end) };
            }
            _ => groups.extend(open.replace((vec![at], span)).map(|(members, _)| members)),
        }
    }
    groups.extend(open.map(|(members, _)| members));
    groups.retain(|members| members.len() > 1);
    for members in &mut groups {
        members.sort_unstable();
    }
    groups
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
    }
}
