//! From snapshot to plan.

use jiff::civil::Date;

use crate::plan::ConsolidatedPlan;
use crate::snapshot::Snapshot;

/// Joins the records of a snapshot into one plan.
///
/// `today` is the tenant's day, for ages and due dates.
pub fn consolidate(snapshot: &Snapshot, today: Date) -> ConsolidatedPlan {
    let _ = (snapshot, today);
    ConsolidatedPlan::default()
}
