//! What a series of readings says, as plain facts; screens draw it and put it into words.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::consolidate::units;
use crate::plan::{Band, Outcome, Reading, Value};

/// What a series of readings says.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts<'o> {
    /// Readings that stand.
    pub count: usize,
    /// The newest that has a value.
    pub latest: &'o Reading,
    /// The one before it that has a value.
    pub previous: Option<&'o Reading>,
    /// The oldest that has a value.
    pub first: &'o Reading,
    /// From the previous to the latest number; of a blood pressure, the systolic one.
    pub direction: Option<Direction>,
}

/// How a number moved. Whether that is good, only a target can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Up.
    Rising,
    /// The same.
    Steady,
    /// Down.
    Falling,
}

impl Reading {
    /// False for a reading that its source took back (`entered-in-error`) or never made (`cancelled`): kept, not drawn.
    pub fn stands(&self) -> bool {
        !matches!(self.status.as_deref(), Some("entered-in-error" | "cancelled"))
    }
}

impl Outcome {
    /// The readings that stand, oldest first.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Reading> {
        self.readings.iter().filter(|reading| reading.stands())
    }

    /// What the series says; `None` where no reading that stands has a value.
    pub fn facts(&self) -> Option<Facts<'_>> {
        let mut valued = self.standing().filter(|reading| !matches!(reading.value, Value::Absent(_)));
        let latest = valued.next_back()?;
        let previous = valued.next_back();
        let first = valued.next().or(previous).unwrap_or(latest);
        let direction = match (previous.and_then(|reading| number(&reading.value)), number(&latest.value)) {
            (Some(before), Some(now)) if now > before => Some(Direction::Rising),
            (Some(before), Some(now)) if now < before => Some(Direction::Falling),
            (Some(_), Some(_)) => Some(Direction::Steady),
            _ => None,
        };
        Some(Facts { count: self.standing().count(), latest, previous, first, direction })
    }
}

impl Facts<'_> {
    /// Days from the oldest to the newest reading, where both have a day.
    pub fn days(&self) -> Option<i32> {
        let day = |reading: &Reading| -> Option<Date> { reading.when.as_ref()?.first_day(&jiff::tz::TimeZone::UTC) };
        Some((day(self.latest)? - day(self.first)?).get_days())
    }
}

/// True where two units are the same in different spellings, such as `mmHg` and `mm[Hg]`. Nothing is converted.
pub fn same_unit(one: &str, other: &str) -> bool {
    units::normal(Some(one), None) == units::normal(Some(other), None)
}

/// Whether a number meets a target in the same unit; `None` where the units differ or the target names no bound.
pub fn meets(number: Decimal, unit: &str, band: &Band) -> Option<bool> {
    let wanted = units::normal(band.unit_code.as_deref(), Some(&band.unit));
    if (!wanted.is_empty() && wanted != units::normal(None, Some(unit))) || (band.low.is_none() && band.high.is_none())
    {
        return None;
    }
    let strict = matches!(band.comparator.as_deref(), Some("<" | ">"));
    let above = band.low.is_none_or(|low| if strict { number > low } else { number >= low });
    let below = band.high.is_none_or(|high| if strict { number < high } else { number <= high });
    Some(above && below)
}

fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Quantity { number, .. } => Some(*number),
        Value::Pair { high, .. } => Some(*high),
        Value::Text(_) | Value::Absent(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use fhir::{FhirDate, ResourceKey, SourceId};

    use super::*;
    use crate::plan::{Item, ItemId};

    fn reading(day: &str, value: Value, status: &str) -> Reading {
        Reading {
            key: ResourceKey { source: SourceId::new("a"), kind: "Observation".into(), id: day.into() },
            when: FhirDate::parse(day),
            value,
            status: Some(status.into()),
            interpretation: None,
        }
    }

    fn percent(text: &str) -> Value {
        Value::Quantity { text: text.into(), number: text.parse().expect("a number"), unit: "%".into() }
    }

    fn outcome(readings: Vec<Reading>) -> Outcome {
        let item = Item {
            id: ItemId("o1".into()),
            title: "A1c".into(),
            members: Vec::new(),
            because: Vec::new(),
            confidentiality: crate::plan::Confidentiality::Normal,
        };
        Outcome { item, code: Default::default(), readings, targets: Vec::new(), patient_reported: false }
    }

    #[test]
    fn a_reading_that_was_taken_back_says_nothing() {
        let series = outcome(vec![
            reading("2026-01-01", percent("8.1"), "final"),
            reading("2026-02-01", percent("7.4"), "final"),
            reading("2026-03-01", Value::Absent(None), "final"),
            reading("2026-04-01", percent("74"), "entered-in-error"),
        ]);
        let facts = series.facts().expect("two values");
        assert_eq!((facts.count, facts.latest, facts.previous), (3, &series.readings[1], Some(&series.readings[0])));
        assert_eq!((facts.direction, facts.days()), (Some(Direction::Falling), Some(31)));
    }

    #[test]
    fn a_series_without_values_has_no_facts_and_one_value_no_direction() {
        assert_eq!(outcome(vec![reading("2026-01-01", Value::Absent(None), "final")]).facts(), None);
        let one = outcome(vec![reading("2026-01-01", percent("7"), "final")]);
        let facts = one.facts().expect("one value");
        assert_eq!((facts.first, facts.previous, facts.direction), (facts.latest, None, None));
    }

    #[test]
    fn a_target_is_met_by_its_own_comparator_and_in_its_own_unit_only() {
        let band = |low: Option<i64>, high: Option<i64>, comparator: Option<&str>| Band {
            low: low.map(Decimal::from),
            high: high.map(Decimal::from),
            comparator: comparator.map(str::to_owned),
            single: comparator.is_some(),
            unit: "mm[Hg]".into(),
            unit_code: None,
        };
        assert_eq!(meets(Decimal::from(130), "mmHg", &band(None, Some(130), Some("<"))), Some(false));
        assert_eq!(meets(Decimal::from(130), "mmHg", &band(None, Some(130), Some("<="))), Some(true));
        assert_eq!(meets(Decimal::from(120), "mmHg", &band(Some(110), Some(130), None)), Some(true));
        assert_eq!(meets(Decimal::from(120), "kPa", &band(Some(110), Some(130), None)), None);
        assert_eq!(meets(Decimal::from(120), "mmHg", &band(None, None, None)), None);
    }
}
