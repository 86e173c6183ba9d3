//! Days: what is over, and how long ago something was.

use fhir::FhirDate;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// True where the date lies before today, with the last day that it may mean: a month is over when it has ended, and what
/// is due today is not overdue.
pub(super) fn is_over(date: &FhirDate, today: Date) -> bool {
    date.last_day(&TimeZone::UTC).is_some_and(|day| day < today)
}

/// Days from the last day that a date may mean until today; negative for one to come.
pub(super) fn since(date: &FhirDate, today: Date) -> Option<i32> {
    Some((today - date.last_day(&TimeZone::UTC)?).get_days())
}
