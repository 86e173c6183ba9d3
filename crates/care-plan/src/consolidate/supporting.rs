//! Resources that are in no item: practitioners, organisations, and whatever else came. Nothing read is lost.

use std::collections::HashSet;

use fhir::ResourceKey;

use super::records::Records;
use crate::plan::ConsolidatedPlan;

/// The keys that stand nowhere else in the plan, sorted.
pub(super) fn rest(records: &Records<'_>, plan: &ConsolidatedPlan) -> Vec<ResourceKey> {
    let placed: HashSet<&ResourceKey> = plan.placed().collect();
    records.all().iter().map(|resource| resource.key()).filter(|key| !placed.contains(key)).cloned().collect()
}
