//! Days: when two dates cannot mean the same, what is over, and how long ago something was.
//!
//! A date says no more than its source did (R4 datatypes.html, `dateTime`): `2014` may be any day of that year, and an
//! instant falls on two days, as the time zone of whoever reads it goes.

use fhir::FhirDate;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// True where no day that one may mean is a day that the other may mean.
pub(in crate::rules) fn apart(one: &FhirDate, other: &FhirDate) -> bool {
    if let (FhirDate::Instant(one), FhirDate::Instant(other)) = (one, other) {
        return (one.as_second() - other.as_second()).abs() >= DAY;
    }
    before(one, other) || before(other, one)
}

/// True where every day that one may mean lies before every day that the other may mean.
pub(in crate::rules) fn before(one: &FhirDate, other: &FhirDate) -> bool {
    matches!((days(one), days(other)), (Some((_, end)), Some((begin, _))) if end < begin)
}

/// True where neither list of days is among the other: steps on a way of which the other names one do not differ from it.
pub(in crate::rules) fn differ(one: &[&FhirDate], other: &[&FhirDate]) -> bool {
    let among = |these: &[&FhirDate], those: &[&FhirDate]| {
        these.iter().all(|date| those.iter().any(|other| !apart(date, other)))
    };
    !among(one, other) && !among(other, one)
}

/// The first and the last day that a date may mean.
pub(in crate::rules) fn days(date: &FhirDate) -> Option<(Date, Date)> {
    let (first, last) = (date.first_day(&TimeZone::UTC)?, date.last_day(&TimeZone::UTC)?);
    match date {
        FhirDate::Instant(_) => Some((first.checked_sub(1.day()).ok()?, last.checked_add(1.day()).ok()?)),
        _ => Some((first, last)),
    }
}

/// True where the date lies before today, with the last day that it may mean: a month is over when it has ended, and what
/// is due today is not overdue.
pub(in crate::rules) fn is_over(date: &FhirDate, today: Date) -> bool {
    date.last_day(&TimeZone::UTC).is_some_and(|day| day < today)
}

/// Days from the last day that a date may mean until today; negative for one to come.
pub(in crate::rules) fn since(date: &FhirDate, today: Date) -> Option<i32> {
    Some((today - date.last_day(&TimeZone::UTC)?).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(one: &str, other: &str) -> bool {
        let date = |text| FhirDate::parse(text).expect("a date");
        assert_eq!(apart(&date(one), &date(other)), apart(&date(other), &date(one)), "{one} and {other}");
        apart(&date(one), &date(other))
    }

    #[test]
    fn a_date_and_a_less_precise_one_that_holds_it_do_not_differ() {
        for (one, other) in [
            ("2014", "2014-03"),
            ("2014-03", "2014-03-31"),
            ("2014-03-10", "2014-03-10T23:30:00-08:00"),
            ("2014-03-10", "2014-03-10T09:00:00"),
            ("2014-03-10T23:30:00-08:00", "2014-03-11T08:00:00Z"),
            ("2014", "2014-12-31T23:00:00-05:00"),
        ] {
            assert!(!differ(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn dates_that_share_no_day_differ() {
        for (one, other) in [
            ("2014", "2015"),
            ("2014-03", "2014-04-01"),
            ("2014-03-10", "2014-03-11"),
            ("2014-03-10", "2014-03-14T09:00:00Z"),
            ("2014-03-10T09:00:00Z", "2014-03-12T09:00:00Z"),
        ] {
            assert!(differ(one, other), "{one} and {other}");
        }
    }
}
