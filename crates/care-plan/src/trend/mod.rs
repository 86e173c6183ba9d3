//! What a series of readings says, as plain facts; screens draw it and put it into words.

mod meets;
mod propose;
mod span;

use jiff::civil::Date;
use rust_decimal::Decimal;

pub use meets::meets;
pub(crate) use meets::unit_of;
pub use propose::{Achievement, AchievementProposal, Judged, Movement, Point, propose};
pub(crate) use propose::{Drawn, propose_by};

use crate::plan::{Band, Outcome, Reading, Value};
use crate::units::Unit;

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
    /// The readings that stand, oldest first, each once: without those that repeat another.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Reading> {
        self.readings.iter().filter(|reading| reading.stands() && reading.duplicate_of.is_none())
    }

    /// Whether a value of this series meets a target; see [`meets`].
    pub fn meets(&self, value: &Value, band: &Band) -> Option<bool> {
        meets(value, band, self.measure.as_deref())
    }

    /// What the series says; `None` where no reading that stands has a value.
    pub fn facts(&self) -> Option<Facts<'_>> {
        let mut valued = self.standing().filter(|reading| !matches!(reading.value, Value::Absent(_)));
        let latest = valued.next_back()?;
        let previous = valued.next_back();
        let first = valued.next().or(previous).unwrap_or(latest);
        let direction = match (previous.and_then(|reading| number(reading.drawn())), number(latest.drawn())) {
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
    Unit::read(Some(one), None) == Unit::read(Some(other), None)
}

/// The number of a value, of a pair the systolic one; `None` where it only says "less" or "more".
fn number(value: &Value) -> Option<Decimal> {
    match value {
        Value::Quantity { number, comparator: None, .. } => Some(*number),
        Value::Pair { high, .. } => Some(*high),
        Value::Quantity { .. } | Value::Text(_) | Value::Absent(_) => None,
    }
}

#[cfg(test)]
mod tests;
