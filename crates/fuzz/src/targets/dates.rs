//! Dates, as precise as they were written.
//!
//! Law: a date that was written again is the same one; it says no more than it said; it begins before it ends, in every
//! time zone, and is sorted by its first moment.

use fhir::FhirDate;
use jiff::tz::{Offset, TimeZone};

use super::Target;

pub const TARGET: Target = Target {
    name: "dates",
    words: &[
        "2026",
        "2026-11",
        "2026-11-21",
        "T10:00:00",
        "T24:00:00",
        "T23:59:60",
        "Z",
        "+01:00",
        "-12:00",
        "+14:00",
        "+99:99",
        ".123456789",
        ".1234567890123",
        "0000",
        "9999",
        "-9999",
        "+002026",
        "-00-",
        "02-29",
        "02-30",
        "[Europe/Berlin]",
        "W47",
        "2026-325",
        "T",
        " ",
        "\u{2212}",
        "٢٠٢٦",
        "Nov",
    ],
    tries: 15_000,
    check,
};

fn check(input: &[u8]) -> String {
    let text = String::from_utf8_lossy(input);
    let mut kinds: Vec<&str> = text.lines().take(50).map(line).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.join(" ")
}

fn line(text: &str) -> &'static str {
    let Some(date) = FhirDate::parse(text) else {
        // What cannot be read whole may still say its day.
        let read: Result<FhirDate, _> = serde_json::from_value(text.into());
        let Ok(day) = read else { return "none" };
        assert!(text.trim().starts_with(&day.to_string()), "another day than is written: {day}");
        return "its day";
    };
    assert_eq!(FhirDate::parse(&format!("\t{text}\n")), Some(date.clone()), "the space around it counts");
    let written = date.to_string();
    assert_eq!(FhirDate::parse(&written), Some(date.clone()), "{written} is another one");
    for hours in [-12, 0, 14] {
        let zone = TimeZone::fixed(Offset::constant(hours));
        let (Some(first), Some(last)) = (date.first_day(&zone), date.last_day(&zone)) else { continue };
        assert!(first <= last, "it ends on {last}, before it begins on {first}");
    }
    let midnight = date.first_day(&TimeZone::UTC).and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    if let Some(midnight) = midnight {
        let after = date.sort_key() - midnight.timestamp().as_second();
        assert!((0..24 * 60 * 60).contains(&after), "it is sorted {after} s after its first midnight");
    }
    let (kind, most) = match date {
        FhirDate::Year(_) => ("year", 4),
        FhirDate::Month(..) => ("month", 7),
        FhirDate::Day(_) => ("day", 10),
        FhirDate::Instant(_) => ("instant", usize::MAX),
        FhirDate::Local(_) => ("local", usize::MAX),
    };
    assert!(written.len() <= most, "{written} says more than it is");
    kind
}
