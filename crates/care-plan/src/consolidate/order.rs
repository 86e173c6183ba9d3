//! The order in which items are listed: what is active first, then by date and title; the key settles ties.

use std::cmp::Reverse;

use fhir::FhirDate;

use super::places::column;
use crate::plan::{Concern, ConsolidatedPlan, Goal, Intervention, Item, Outcome};

/// Sorts all lists.
pub(super) fn sort(plan: &mut ConsolidatedPlan) {
    plan.concerns.sort_by_cached_key(|concern| {
        (concern_rank(concern), newest(concern.recorded.as_ref().or(concern.onset.as_ref())), last(&concern.item))
    });
    plan.goals.sort_by_cached_key(|goal| (goal_rank(goal), due(goal), last(&goal.item)));
    plan.interventions.sort_by_cached_key(|intervention| {
        let rank = intervention_rank(intervention);
        (rank, column(intervention), newest(intervention.when.as_ref()), last(&intervention.item))
    });
    plan.outcomes
        .sort_by_cached_key(|outcome| (outcome.targets.is_empty(), newest(latest(outcome)), last(&outcome.item)));
}

/// Title, then what cannot be equal.
fn last(item: &Item) -> (String, String, String) {
    (item.title.to_lowercase(), item.title.clone(), item.id.0.clone())
}

/// Newest first, undated last.
fn newest(date: Option<&FhirDate>) -> (bool, Reverse<i64>) {
    (date.is_none(), Reverse(date.map_or(0, FhirDate::sort_key)))
}

fn latest(outcome: &Outcome) -> Option<&FhirDate> {
    outcome.readings.iter().filter_map(|reading| reading.when.as_ref()).max_by_key(|when| when.sort_key())
}

/// What is due first comes first, undated last.
fn due(goal: &Goal) -> (bool, i64) {
    // By all records: which of them comes first must not decide.
    let first = goal.statements.iter().filter_map(|said| said.due().map(FhirDate::sort_key)).min();
    (first.is_none(), first.unwrap_or_default())
}

fn concern_rank(concern: &Concern) -> u8 {
    match (concern.verification_status.as_deref(), concern.clinical_status.as_deref()) {
        (Some("entered-in-error"), _) => 4,
        (Some("refuted"), _) => 3,
        (_, Some("inactive" | "remission" | "resolved")) => 2,
        (_, Some("active" | "recurrence" | "relapse")) => 0,
        _ => 1,
    }
}

fn goal_rank(goal: &Goal) -> u8 {
    match goal.lifecycle_status.as_deref() {
        Some("active" | "accepted") => 0,
        Some("planned" | "proposed") => 1,
        Some("on-hold") => 2,
        Some("completed") => 4,
        Some("cancelled" | "rejected") => 5,
        Some("entered-in-error") => 6,
        _ => 3,
    }
}

fn intervention_rank(intervention: &Intervention) -> u8 {
    match intervention.status.as_deref() {
        Some("entered-in-error") => 5,
        Some("cancelled" | "revoked" | "stopped" | "rejected" | "not-done" | "not-taken" | "noshow" | "failed") => 4,
        Some("completed" | "finished" | "final" | "amended" | "corrected" | "appended" | "fulfilled") => 2,
        Some("on-hold" | "draft" | "unknown") => 1,
        _ => 0,
    }
}
