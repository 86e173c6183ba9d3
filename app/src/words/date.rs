//! Dates and times in words: month as a word, so that no reader takes the month for the day, and never more precise
//! than the source was. Clinicians read `21-Nov-2026`, everybody else `21 November 2026` (NHS CUI, date display).

use access::Role;
use fhir::FhirDate;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Words;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How dates are written, by who reads them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateStyle {
    /// `21-Nov-2026`: short, and of one width in lists.
    Clinical,
    /// `21 November 2026`, as people write it.
    Plain,
}

impl DateStyle {
    /// As a user reads dates.
    pub fn of(role: Role) -> Self {
        match role {
            Role::Clinician | Role::Coordinator => Self::Clinical,
            Role::Patient | Role::Carer => Self::Plain,
        }
    }
}

impl Words {
    /// `21-Nov-2026`, `Nov-2026` or `2026`, as precise as the source was.
    pub fn date(self, date: &FhirDate, zone: &TimeZone, dates: DateStyle) -> String {
        match (date, dates) {
            (FhirDate::Year(year), _) => format!("{year:04}"),
            (FhirDate::Month(year, month), DateStyle::Clinical) => format!("{}-{year:04}", short(named(*month))),
            (FhirDate::Month(year, month), DateStyle::Plain) => format!("{} {year:04}", named(*month)),
            _ => date.first_day(zone).map_or_else(|| date.to_string(), |day| self.day(day, dates)),
        }
    }

    /// `21-Nov-2026` or `21 November 2026`.
    pub fn day(self, day: Date, dates: DateStyle) -> String {
        let Self::English = self;
        let (month, year) = (named(day.month()), day.year());
        match dates {
            DateStyle::Clinical => format!("{:02}-{}-{year:04}", day.day(), short(month)),
            DateStyle::Plain => format!("{} {month} {year:04}", day.day()),
        }
    }

    /// `21-Nov-2026 14:32`: what happened several times on one day is told apart by the clock.
    pub fn moment(self, day: Date, time: jiff::civil::Time, dates: DateStyle) -> String {
        let Self::English = self;
        let (day, clock) = (self.day(day, dates), format!("{:02}:{:02}", time.hour(), time.minute()));
        match dates {
            DateStyle::Clinical => format!("{day} {clock}"),
            DateStyle::Plain => format!("{day} at {clock}"),
        }
    }

    /// How old a reading of a record is: `now`, `2 min ago`, `3 h ago`, else the day.
    pub fn ago(self, then: Timestamp, now: Timestamp, zone: &TimeZone, dates: DateStyle) -> String {
        let Self::English = self;
        match now.as_second().saturating_sub(then.as_second()) / 60 {
            ..1 => "now".to_owned(),
            minutes @ 1..60 => format!("{minutes} min ago"),
            minutes @ 60..1440 => format!("{} h ago", minutes / 60),
            _ => format!("as of {}", self.day(then.to_zoned(zone.clone()).date(), dates)),
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

fn named(month: i8) -> &'static str {
    MONTHS.get(usize::from(month.unsigned_abs()).wrapping_sub(1)).copied().unwrap_or("?")
}

fn short(month: &str) -> &str {
    month.get(..3).unwrap_or(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> String {
        in_style(text, DateStyle::Clinical)
    }

    fn in_style(text: &str, dates: DateStyle) -> String {
        let zone = TimeZone::get("America/Los_Angeles").expect("a zone");
        Words::English.date(&FhirDate::parse(text).expect("a date"), &zone, dates)
    }

    #[test]
    fn a_patient_read_dates_that_were_written_for_clinicians() {
        let plain = |text| in_style(text, DateStyle::of(Role::Patient));
        assert_eq!(plain("2026"), "2026");
        assert_eq!(plain("2026-11"), "November 2026");
        assert_eq!(plain("2026-05-01"), "1 May 2026");
        assert_eq!(plain("2026-11-21T03:00:00Z"), "20 November 2026", "where the tenant is");
        assert_eq!(DateStyle::of(Role::Carer), DateStyle::Plain);
        assert_eq!([Role::Clinician, Role::Coordinator].map(DateStyle::of), [DateStyle::Clinical; 2]);
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
        let ago = |minutes| Words::English.ago(then, after(minutes), &TimeZone::UTC, DateStyle::Clinical);
        assert_eq!([ago(0), ago(2), ago(125), ago(3000)], ["now", "2 min ago", "2 h ago", "as of 20-Nov-2026"]);
    }
}
