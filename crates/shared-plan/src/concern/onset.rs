//! Since when something is so.

use fhir::FhirDate;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// Since when a concern is there, as exactly as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Onset {
    /// Since a day.
    Day(Date),
    /// Since a year, or a month of one: `2019`, `2019-05`.
    Partial(String),
    /// In somebody's own words: "since I was a child".
    Text(String),
}

impl Onset {
    /// Reads what somebody typed: a day, a partial date, else their words.
    pub fn parse(text: &str) -> Self {
        let text = text.trim();
        match FhirDate::parse(text) {
            Some(FhirDate::Day(day)) => Self::Day(day),
            Some(FhirDate::Year(_) | FhirDate::Month(..)) => Self::Partial(text.to_owned()),
            Some(FhirDate::Instant(_) | FhirDate::Local(_)) | None => Self::Text(text.to_owned()),
        }
    }

    /// The first day that it may mean; none for words, and for a partial date that is none.
    pub fn first_day(&self) -> Option<Date> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Partial(text) => partial(text)?.first_day(&TimeZone::UTC),
            Self::Text(_) => None,
        }
    }
}

/// A year or a month, and nothing else.
fn partial(text: &str) -> Option<FhirDate> {
    FhirDate::parse(text).filter(|date| matches!(date, FhirDate::Year(_) | FhirDate::Month(..)))
}
