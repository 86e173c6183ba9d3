//! Dates and times in words: month as a word, so that no reader takes the month for the day, and never more precise
//! than the source was.

use fhir::FhirDate;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Words;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Words {
    /// `21-Nov-2026`, `Nov-2026` or `2026`, as precise as the source was.
    pub fn date(self, date: &FhirDate, zone: &TimeZone) -> String {
        let month = |month: i8| MONTHS.get(usize::from(month.unsigned_abs()).wrapping_sub(1)).copied().unwrap_or("?");
        match date {
            FhirDate::Year(year) => format!("{year:04}"),
            FhirDate::Month(year, of_year) => format!("{}-{year:04}", month(*of_year)),
            _ => date.first_day(zone).map_or_else(|| date.to_string(), |day| self.day(day)),
        }
    }

    /// `21-Nov-2026`.
    pub fn day(self, day: Date) -> String {
        let month = MONTHS.get(usize::from(day.month().unsigned_abs()).wrapping_sub(1)).copied().unwrap_or("?");
        format!("{:02}-{month}-{:04}", day.day(), day.year())
    }

    /// How old a reading of a record is: `now`, `2 min ago`, `3 h ago`, else the day.
    pub fn ago(self, then: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        let Self::English = self;
        match now.as_second().saturating_sub(then.as_second()) / 60 {
            ..1 => "now".to_owned(),
            minutes @ 1..60 => format!("{minutes} min ago"),
            minutes @ 60..1440 => format!("{} h ago", minutes / 60),
            _ => format!("as of {}", self.day(then.to_zoned(zone.clone()).date())),
        }
    }

    /// Age in whole years on a day, or at death: `(76 y)`. None where only a part of the birth date is known.
    pub fn age(self, born: &FhirDate, on: Date) -> Option<String> {
        let Self::English = self;
        let FhirDate::Day(born) = born else { return None };
        let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
        let years = i32::from(on.year()) - i32::from(born.year()) - i32::from(before_birthday);
        (years >= 0).then(|| format!("{years} y"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> String {
        Words::English
            .date(&FhirDate::parse(text).expect("a date"), &TimeZone::get("America/Los_Angeles").expect("a zone"))
    }

    #[test]
    fn a_date_is_never_more_precise_than_its_source() {
        assert_eq!(date("2026"), "2026");
        assert_eq!(date("2026-11"), "Nov-2026");
        assert_eq!(date("2026-11-21"), "21-Nov-2026");
    }

    #[test]
    fn an_instant_falls_on_the_tenants_day() {
        assert_eq!(date("2026-11-21T03:00:00Z"), "20-Nov-2026");
    }

    #[test]
    fn the_age_counts_from_the_birthday() {
        let born = FhirDate::parse("1950-11-22").expect("a date");
        let on = |text: &str| Words::English.age(&born, text.parse().expect("a day"));
        assert_eq!(on("2026-11-21").as_deref(), Some("75 y"));
        assert_eq!(on("2026-11-22").as_deref(), Some("76 y"));
        assert_eq!(on("1949-01-01"), None);
        assert_eq!(Words::English.age(&FhirDate::Year(1950), jiff::civil::date(2026, 1, 1)), None);
    }

    #[test]
    fn an_old_reading_is_named_by_its_day() {
        let then: Timestamp = "2026-11-20T10:00:00Z".parse().expect("a time");
        let after = |minutes: i64| Timestamp::from_second(then.as_second() + minutes * 60).expect("a time");
        let ago = |minutes| Words::English.ago(then, after(minutes), &TimeZone::UTC);
        assert_eq!([ago(0), ago(2), ago(125), ago(3000)], ["now", "2 min ago", "2 h ago", "as of 20-Nov-2026"]);
    }
}
