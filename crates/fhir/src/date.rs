//! Dates as precise as the source was: a year, a month, a day or an instant (R4 datatypes.html, `dateTime`).

use std::fmt;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::Deserialize;

/// A date that says no more than its source did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FhirDate {
    /// `2026`.
    Year(i16),
    /// `2026-11`.
    Month(i16, i8),
    /// `2026-11-21`.
    Day(Date),
    /// `2026-11-21T10:00:00+01:00`.
    Instant(Timestamp),
    /// A date and time without an offset: forbidden by FHIR, met all the same. Local to nobody knows where.
    Local(DateTime),
}

impl FhirDate {
    /// Reads a FHIR `date`, `dateTime` or `instant`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        match text.len() {
            4 if digits(text) => text.parse().ok().map(Self::Year),
            7 if text.as_bytes()[4] == b'-' => {
                let (year, month) = (text.get(..4)?, text.get(5..)?);
                if !(digits(year) && digits(month)) {
                    return None;
                }
                let (year, month): (i16, i8) = (year.parse().ok()?, month.parse().ok()?);
                (1..=12).contains(&month).then_some(Self::Month(year, month))
            }
            10 => {
                let dashes = text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
                dashes.then(|| text.parse().ok().map(Self::Day)).flatten()
            }
            // Shorter than `2026-11-21T10`: a date that is none.
            ..13 => None,
            _ => (text.parse().ok().map(Self::Instant)).or_else(|| text.parse().ok().map(Self::Local)),
        }
    }

    /// The day it falls on in a time zone, or the first day it may mean.
    pub fn first_day(&self, zone: &TimeZone) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(*year, 1, 1).ok(),
            Self::Month(year, month) => Date::new(*year, *month, 1).ok(),
            Self::Day(day) => Some(*day),
            Self::Instant(instant) => Some(instant.to_zoned(zone.clone()).date()),
            Self::Local(local) => Some(local.date()),
        }
    }

    /// The last day it may mean: a month counts until its end.
    pub fn last_day(&self, zone: &TimeZone) -> Option<Date> {
        match self {
            Self::Year(year) => Date::new(*year, 12, 31).ok(),
            Self::Month(year, month) => Date::new(*year, *month, 1).ok().map(Date::last_of_month),
            _ => self.first_day(zone),
        }
    }

    /// A moment to sort by; whole days count from midnight UTC. Not for showing.
    pub fn sort_key(&self) -> i64 {
        match self {
            Self::Instant(instant) => instant.as_second(),
            Self::Local(local) => since_1970(*local),
            other => other.first_day(&TimeZone::UTC).map_or(0, |day| since_1970(day.to_datetime(Time::midnight()))),
        }
    }
}

/// Seconds since 1970. By the calendar, which holds a day more than there are moments: 9999-12-31 comes last and not first.
fn since_1970(at: DateTime) -> i64 {
    at.duration_since(DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_secs()
}

impl fmt::Display for FhirDate {
    /// Writes it the way FHIR does.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
            Self::Instant(instant) => write!(f, "{instant}"),
            Self::Local(local) => write!(f, "{local}"),
        }
    }
}

impl serde::Serialize for FhirDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FhirDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let read = Self::parse(&text).or_else(|| day_of(&text));
        read.ok_or_else(|| serde::de::Error::custom("not a FHIR date"))
    }
}

/// The day of a date and time whose time cannot be read: a result without its day would be worth little.
fn day_of(text: &str) -> Option<FhirDate> {
    let (day, _) = text.trim().split_once('T')?;
    FhirDate::parse(day).filter(|date| matches!(date, FhirDate::Day(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for text in ["2026", "2026-11", "2026-11-21"] {
            assert_eq!(FhirDate::parse(text).expect(text).to_string(), text);
        }
        assert!(matches!(FhirDate::parse("2026-11-21T10:00:00+01:00"), Some(FhirDate::Instant(_))));
        assert!(matches!(FhirDate::parse("2026-11-21T10:00:00"), Some(FhirDate::Local(_))));
        for text in ["", "soon", "2026-13", "2026-02-30", "21.11.2026"] {
            assert_eq!(FhirDate::parse(text), None, "{text}");
        }
    }

    #[test]
    fn what_ends_with_the_last_day_there_is_was_sorted_as_if_it_had_ended_in_1970() {
        let key = |text: &str| FhirDate::parse(text).expect(text).sort_key();
        let rising =
            ["0001", "1969-12-31", "1970", "2026-11-21T10:00:00Z", "9999-12-30", "9999-12-31", "9999-12-31T10:00:00"];
        assert!(rising.windows(2).all(|pair| key(pair[0]) < key(pair[1])));
        assert_eq!((key("1970-01-02"), key("1969-12-31T23:59:59")), (86_400, -1));
    }

    #[test]
    fn what_only_looks_like_a_date_is_none() {
        for text in [
            "+202-11",
            "-202-11",
            "2026-1",
            "20261121",
            "2026-W47-6",
            "2026/11/21",
            "2026-11-21T",
            "2026-11-21 ",
            "T10:00:00Z",
            "99999-01-01",
        ] {
            let parsed = FhirDate::parse(text);
            assert!(
                parsed.is_none() || text.trim().len() == 10 && matches!(parsed, Some(FhirDate::Day(_))),
                "{text}: {parsed:?}"
            );
        }
    }

    #[test]
    fn a_month_and_a_year_count_from_their_first_to_their_last_day() {
        let days = |text: &str| {
            let date = FhirDate::parse(text).expect(text);
            let day = |day: Option<Date>| day.expect("a day").to_string();
            (day(date.first_day(&TimeZone::UTC)), day(date.last_day(&TimeZone::UTC)))
        };
        assert_eq!(days("2024-02"), ("2024-02-01".into(), "2024-02-29".into()));
        assert_eq!(days("2026"), ("2026-01-01".into(), "2026-12-31".into()));
        assert_eq!(days("2026-11-21"), ("2026-11-21".into(), "2026-11-21".into()));
    }

    #[test]
    fn a_time_without_a_zone_is_local_and_one_without_seconds_is_a_time() {
        let read = |text: &str| FhirDate::parse(text).expect(text);
        assert!(matches!(read("2026-11-21T10:00"), FhirDate::Local(_)));
        assert_eq!(read("2026-11-21T10:00Z"), read("2026-11-21T11:00:00.000+01:00"));
        assert_ne!(read("2026-11-21T10:00:00"), read("2026-11-21T10:00:00Z"), "nobody knows where");
        assert_eq!(read("2026-11-21T10:00:00").first_day(&TimeZone::UTC), read("2026-11-21").first_day(&TimeZone::UTC));
    }

    #[test]
    fn an_instant_falls_on_the_day_of_the_zone_asked_for() {
        let late = FhirDate::parse("2026-11-21T23:30:00-08:00").expect("an instant");
        let west = TimeZone::get("America/Los_Angeles").expect("a known zone");
        assert_eq!(late.first_day(&west).map(|day| day.to_string()).as_deref(), Some("2026-11-21"));
        assert_eq!(late.first_day(&TimeZone::UTC).map(|day| day.to_string()).as_deref(), Some("2026-11-22"));
    }

    #[test]
    fn a_record_with_a_broken_time_keeps_its_day() {
        let read = |text: &str| serde_json::from_value::<FhirDate>(text.into()).ok().map(|date| date.to_string());
        assert_eq!(read("2021-02-26T17:50:52.165T17:50:52.165").as_deref(), Some("2021-02-26"));
        assert_eq!(read("2023-05-21T02: 19: 13.000Z").as_deref(), Some("2023-05-21"));
        assert_eq!((read("2021-02-30T17:50:52Z"), read("soonT17:50"), read("2021T17")), (None, None, None));
    }

    proptest::proptest! {
        #[test]
        fn any_day_is_read_as_it_is_written(year in 1..=9999_i16, month in 1..=12_i8, day in 1..=28_i8) {
            for text in [format!("{year:04}"), format!("{year:04}-{month:02}"), format!("{year:04}-{month:02}-{day:02}")] {
                proptest::prop_assert_eq!(FhirDate::parse(&text).map(|date| date.to_string()), Some(text));
            }
        }

        #[test]
        fn later_days_sort_later(one in 0..2_000_000_000_i64, other in 0..2_000_000_000_i64) {
            let date = |second| FhirDate::Instant(Timestamp::from_second(second).expect("within range"));
            proptest::prop_assert_eq!(date(one).sort_key().cmp(&date(other).sort_key()), one.cmp(&other));
        }

        #[test]
        fn no_text_makes_it_panic(text in ".{0,24}") {
            let _ = FhirDate::parse(&text);
        }
    }
}
