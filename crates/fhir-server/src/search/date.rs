//! Dates, compared with the precision they are written in (R4 search.html#date).

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
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

/// From `start` up to, but without, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: Timestamp,
    pub(super) end: Timestamp,
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
                Self::of_days(year, year.checked_add(1.year()).ok()?)
            }
            7 if text.as_bytes()[4] == b'-' => {
                let month = Date::new(number(text.get(..4)?)?, number(text.get(5..)?)?.try_into().ok()?, 1).ok()?;
                Self::of_days(month, month.checked_add(1.month()).ok()?)
            }
            10 => {
                let day: Date = text.parse().ok()?;
                Self::of_days(day, day.checked_add(1.day()).ok()?)
            }
            16.. if text.is_ascii() => {
                let start = instant(text)?;
                let end = start.checked_add(width(text)).ok()?;
                Some(Self { start, end })
            }
            _ => None,
        }
    }

    fn of_days(first: Date, next: Date) -> Option<Self> {
        let midnight = |day: Date| day.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
        Some(Self { start: midnight(first)?, end: midnight(next)? })
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
                (Some(Some(start)), Some(Some(end))) => vec![Range { start: start.start, end: end.end }],
                (Some(Some(start)), None) => vec![Range { start: start.start, end: Timestamp::MAX }],
                (None, Some(Some(end))) => vec![Range { start: Timestamp::MIN, end: end.end }],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn number(digits: &str) -> Option<i16> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(instant) = text.parse::<Timestamp>() {
        return Some(instant);
    }
    let local: DateTime = text.parse().ok()?;
    local.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
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
        assert!(!hits("ge2020", json!({"start": "soon"})));
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
