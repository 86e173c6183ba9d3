//! What counts as active. Pure.

use care_plan::plan::{Concern, Goal, Intervention, Outcome, Phase};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Days for which something performed stays beside what is planned.
const PERFORMED_DAYS: i32 = 365;

/// True for a status that says neither "over" nor "void". An unknown status counts as active: hiding it would hide a
/// fact because we do not know its word. Suspended counts as active.
pub fn is_current_status(code: Option<&str>) -> bool {
    !matches!(
        code,
        Some(
            "inactive"
                | "resolved"
                | "remission"
                | "completed"
                | "fulfilled"
                | "finished"
                | "superseded"
                | "cancelled"
                | "revoked"
                | "stopped"
                | "not-done"
                | "not-taken"
                | "failed"
                | "rejected"
                | "noshow"
                | "entered-in-error"
        )
    )
}

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
        let void = matches!(self.verification_status.as_deref(), Some("entered-in-error" | "refuted"));
        is_current_status(self.clinical_status.as_deref()) && !void
    }
}

impl IsCurrent for Goal {
    fn is_current(&self, _: Date, _: &TimeZone) -> bool {
        is_current_status(self.lifecycle_status.as_deref())
    }
}

impl IsCurrent for Intervention {
    /// Something performed within the last year stands beside what is planned: it shows that the plan is carried out.
    fn is_current(&self, today: Date, zone: &TimeZone) -> bool {
        let done = self.phase == Phase::Performed && self.status.as_deref() == Some("completed");
        if !done {
            return is_current_status(self.status.as_deref());
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
