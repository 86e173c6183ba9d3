//! Dates, compared with the precision they are written in (R4 search.html#date).

use jiff::civil::{Date, DateTime, Time};
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde_json::Value;

/// The comparison in front of a date or number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prefix {
    /// `eq`, or none.
    Equal,
    /// `ne`.
    NotEqual,
    /// `gt`.
    Greater,
    /// `ge`.
    GreaterOrEqual,
    /// `lt`.
    Less,
    /// `le`.
    LessOrEqual,
    /// `sa`.
    StartsAfter,
    /// `eb`.
    EndsBefore,
}

impl Prefix {
    /// Cuts the prefix off. `ap` is not supported and stays, so that the value fails to parse.
    pub(super) fn split(text: &str) -> (Self, &str) {
        let prefix = match text.get(..2) {
            Some("eq") => Self::Equal,
            Some("ne") => Self::NotEqual,
            Some("gt") => Self::Greater,
            Some("ge") => Self::GreaterOrEqual,
            Some("lt") => Self::Less,
            Some("le") => Self::LessOrEqual,
            Some("sa") => Self::StartsAfter,
            Some("eb") => Self::EndsBefore,
            _ => return (Self::Equal, text),
        };
        (prefix, &text[2..])
    }
}

/// What a date search asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct When {
    prefix: Prefix,
    range: Range,
}

/// From `start` up to, but without, `end`, both in UTC. What lies beyond the years that there are ends with them: a plan "until
/// 9999-12-31" is one without an end, and not one that no search finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: DateTime,
    pub(super) end: DateTime,
}

impl When {
    /// Reads `[prefix]date`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (prefix, date) = Prefix::split(text);
        // A form decodes the plus of an offset to a space.
        let range = Range::parse(&date.replace(' ', "+"))?;
        Some(Self { prefix, range })
    }

    /// True where the element, a date, a Period or a Timing, compares.
    pub(super) fn matches(&self, element: &Value) -> bool {
        ranges(element).into_iter().any(|range| self.compares(range))
    }

    /// A time before which nothing lies that matches; `None` where that is not said, or lies beyond all times.
    pub(super) fn not_before(&self) -> Option<Timestamp> {
        match self.prefix {
            Prefix::Greater | Prefix::GreaterOrEqual | Prefix::StartsAfter => {
                self.range.start.to_zoned(TimeZone::UTC).ok().map(|start| start.timestamp())
            }
            Prefix::Equal | Prefix::NotEqual | Prefix::Less | Prefix::LessOrEqual | Prefix::EndsBefore => None,
        }
    }

    fn compares(&self, theirs: Range) -> bool {
        let mine = self.range;
        let within = mine.start <= theirs.start && theirs.end <= mine.end;
        match self.prefix {
            Prefix::Equal => within,
            Prefix::NotEqual => !within,
            Prefix::Greater => theirs.end > mine.end,
            // Whatever reaches into the day asked for belongs to "from this day on": a client that reads by
            // `ge` must not miss the period that ends at noon.
            Prefix::GreaterOrEqual => theirs.end > mine.start,
            Prefix::Less => theirs.start < mine.start,
            Prefix::LessOrEqual => theirs.start < mine.end,
            Prefix::StartsAfter => theirs.start >= mine.end,
            Prefix::EndsBefore => theirs.end <= mine.start,
        }
    }
}

impl Range {
    /// Everything that a date of its precision may mean; a time without an offset counts as UTC.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        match text.len() {
            4 => {
                let year = Date::new(number(text)?, 1, 1).ok()?;
                Some(Self::of_days(year, year.checked_add(1.year()).ok()))
            }
            7 if text.as_bytes()[4] == b'-' => {
                let month = Date::new(number(text.get(..4)?)?, number(text.get(5..)?)?.try_into().ok()?, 1).ok()?;
                Some(Self::of_days(month, month.checked_add(1.month()).ok()))
            }
            10 => {
                let day: Date = text.parse().ok()?;
                Some(Self::of_days(day, day.tomorrow().ok()))
            }
            16.. if text.is_ascii() => {
                let start = instant(text)?;
                Some(Self { start, end: start.saturating_add(width(text)) })
            }
            _ => None,
        }
    }

    fn of_days(first: Date, next: Option<Date>) -> Self {
        let midnight = |day: Date| day.to_datetime(Time::midnight());
        Self { start: midnight(first), end: next.map_or(DateTime::MAX, midnight) }
    }
}

/// The time that an element covers; what cannot be read covers nothing.
pub(super) fn ranges(element: &Value) -> Vec<Range> {
    match element {
        Value::String(text) => Range::parse(text).into_iter().collect(),
        Value::Array(members) => members.iter().flat_map(ranges).collect(),
        Value::Object(members) => {
            if let Some(events) = members.get("event") {
                return ranges(events);
            }
            if let Some(bounds) = members.get("repeat").and_then(|repeat| repeat.get("boundsPeriod")) {
                return ranges(bounds);
            }
            let bound = |name: &str| members.get(name).map(|bound| bound.as_str().and_then(Range::parse));
            match (bound("start"), bound("end")) {
                (None, None) => Vec::new(),
                // A bound that cannot be read is an open one: the period is there all the same.
                (start, end) => vec![Range {
                    start: start.flatten().map_or(DateTime::MIN, |start| start.start),
                    end: end.flatten().map_or(DateTime::MAX, |end| end.end),
                }],
            }
        }
        _ => Vec::new(),
    }
}

fn number(digits: &str) -> Option<i16> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// The moment in UTC; one without an offset counts as UTC.
fn instant(text: &str) -> Option<DateTime> {
    let pieces = Pieces::parse(text).ok()?;
    let local = DateTime::from_parts(pieces.date(), pieces.time()?);
    let offset = pieces.to_numeric_offset().map_or(0, |offset| offset.seconds());
    Some(local.saturating_sub(SignedDuration::from_secs(offset.into())))
}

/// How long the moment lasts, by the digits it is written with: a minute, a second or a fraction of one.
fn width(text: &str) -> jiff::Span {
    let time = text.get(11..).unwrap_or_default();
    let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
    match time.split_once('.') {
        Some((_, digits)) => {
            let digits = u32::try_from(digits.len()).unwrap_or(9).min(9);
            10_i64.pow(9 - digits).nanoseconds()
        }
        None if time.len() <= 5 => 1.minute(),
        None => 1.second(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hits(query: &str, element: Value) -> bool {
        When::parse(query).expect(query).matches(&element)
    }

    #[test]
    fn a_month_means_every_day_of_it() {
        for date in ["2026-11", "2026-11-01", "2026-11-30T23:59:59Z"] {
            assert!(hits("2026-11", json!(date)), "{date}");
        }
        for date in ["2026", "2026-10-31", "2026-12-01T00:00:00Z"] {
            assert!(!hits("2026-11", json!(date)), "{date}");
            assert!(hits("ne2026-11", json!(date)), "{date}");
        }
    }

    #[test]
    fn bounds_compare_whole_days() {
        assert!(hits("ge2026-11-21", json!("2026-11-21")) && hits("le2026-11-21", json!("2026-11-21T09:00:00Z")));
        assert!(!hits("gt2026-11-21", json!("2026-11-21T09:00:00Z")) && !hits("lt2026-11-21", json!("2026-11-21")));
        assert!(hits("gt2026-11-21", json!("2026-11-22")) && hits("lt2026-11-21", json!("2026-11-20")));
        assert!(hits("sa2026-11-21", json!("2026-11-22")) && hits("eb2026-11-21", json!("2026-11-20")));
    }

    #[test]
    fn an_open_period_has_no_end() {
        let period = json!({"start": "2026-01-01"});
        assert!(hits("ge2030", period.clone()) && hits("gt2030", period.clone()) && !hits("lt2026", period.clone()));
        assert!(!hits("eq2026", period));
        assert!(hits("eq2026", json!({"start": "2026-02", "end": "2026-03-05"})));
    }

    #[test]
    fn a_plan_until_the_last_day_there_is_was_found_by_no_search_for_a_date() {
        for end in
            ["9999-12-31", "9999-12", "9999", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "9999-12-30T23:00Z"]
        {
            let period = json!({"start": "2026-01-01", "end": end});
            for query in ["ge2026-11-21", "gt2026-11-21", "lt2026-11-21", "le9999-12-31", "ge9999", "eq2026-01-01,2027"]
            {
                let queries: Vec<&str> = query.split(',').collect();
                let found = queries.iter().any(|query| hits(query, period.clone()));
                assert_eq!(found, !query.starts_with("eq"), "{query} {end}");
            }
            assert!(!hits("sa2026-11-21", period.clone()) && !hits("eb2026-11-21", period), "{end}");
        }
        assert!(hits("9999-12-31", json!("9999-12-31")) && hits("9999", json!("9999-12-31")));
        assert!(!hits("9999-12-30", json!("9999-12-31")) && hits("gt9999-12-30", json!("9999-12-31")));
        assert!(
            hits("0001-01-01", json!("0001-01-01T00:00:00+14:00"))
                || hits("lt0001-01-01", json!("0001-01-01T00:00:00+14:00"))
        );
    }

    #[test]
    fn a_period_with_a_bound_that_cannot_be_read_was_no_period() {
        let until = |end: Value| json!({"start": "2026-01-01", "end": end});
        for end in [json!("soon"), json!(2027), json!("2026-13-01"), Value::Null] {
            assert!(hits("ge2030", until(end.clone())) && !hits("lt2026", until(end)));
        }
        assert!(
            hits("lt1990", json!({"start": "soon", "end": "2026"}))
                && !hits("ge2027", json!({"start": "soon", "end": "2026"}))
        );
        assert!(hits("ge2020", json!({"start": "soon"})) && hits("le2020", json!({"start": "soon"})));
        assert!(
            !hits("ge2020", json!({})) && !hits("ge2020", json!("soon")) && !hits("ge2020", json!({"code": "soon"}))
        );
    }

    #[test]
    fn only_a_beginning_narrows_what_has_to_be_looked_at() {
        let since = |text: &str| When::parse(text).expect(text).not_before().map(|at| at.to_string());
        for (text, at) in [
            ("ge2026-11-21", "2026-11-21T00:00:00Z"),
            ("gt2026-11-21T10:00:00+01:00", "2026-11-21T09:00:00Z"),
            ("sa2026", "2026-01-01T00:00:00Z"),
        ] {
            assert_eq!(since(text).as_deref(), Some(at), "{text}");
        }
        for text in ["2026-11-21", "le2026-11-21", "ne2026-11-21", "lt2026", "eb2026", "ge9999-12-31"] {
            assert_eq!(since(text), None, "{text}");
        }
    }

    #[test]
    fn offsets_and_fractions_are_understood_also_where_a_form_ate_the_plus() {
        assert!(hits("2026-11-21T10:00:00+01:00", json!("2026-11-21T09:00:00.500Z")));
        assert!(hits("2026-11-21T10:00:00 01:00", json!("2026-11-21T09:00:00Z")));
        assert!(!hits("2026-11-21T09:00:00.25Z", json!("2026-11-21T09:00:00.50Z")));
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in ["", "eq", "soon", "2026-13", "2026-11-31", "ap2026", "20261121", "+026", "2026-1é"] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
