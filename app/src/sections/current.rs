//! What counts as active: whatever any record holds to be so. Pure.

use care_plan::plan::{Concern, Goal, Intervention, Outcome, Phase};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Days for which something performed stays beside what is planned.
const PERFORMED_DAYS: i32 = 365;

/// What the filter *Active* shows.
pub trait IsCurrent {
    /// True where the item counts as active on a day.
    fn is_current(&self, today: Date, zone: &TimeZone) -> bool;
}

/// True where the item counts as active on a day.
pub fn is_current(item: &impl IsCurrent, today: Date, zone: &TimeZone) -> bool {
    item.is_current(today, zone)
}

impl IsCurrent for Concern {
    fn is_current(&self, _: Date, _: &TimeZone) -> bool {
        Self::is_current(self)
    }
}

impl IsCurrent for Goal {
    fn is_current(&self, _: Date, _: &TimeZone) -> bool {
        Self::is_current(self)
    }
}

impl IsCurrent for Intervention {
    /// Something performed within the last year stands beside what is planned: it shows that the plan is carried out.
    fn is_current(&self, today: Date, zone: &TimeZone) -> bool {
        let done = self.phase == Phase::Performed && self.status.as_deref() == Some("completed");
        if !done {
            return Self::is_current(self);
        }
        let day = self.when.as_ref().and_then(|when| when.last_day(zone));
        day.is_none_or(|day| today.since(day).is_ok_and(|since| since.get_days() <= PERFORMED_DAYS))
    }
}

impl IsCurrent for Outcome {
    /// A measure has no status of its own.
    fn is_current(&self, _: Date, _: &TimeZone) -> bool {
        true
    }
}
