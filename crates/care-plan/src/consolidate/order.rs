//! The order in which items are listed: what is active first, then by date and title; the key settles ties.

use std::cmp::Reverse;

use fhir::FhirDate;

use super::places::column;
use crate::plan::{Concern, ConsolidatedPlan, Goal, Intervention, Item, Outcome};

/// Sorts all lists.
pub(super) fn sort(plan: &mut ConsolidatedPlan) {
    let of_concern = |one: &Concern| (concern_rank(one), newest(one.recorded.as_ref().or(one.onset.as_ref())));
    by(&mut plan.concerns, of_concern, |concern| &concern.item);
    by(&mut plan.goals, |goal| (goal_rank(goal), due(goal)), |goal| &goal.item);
    let of_intervention = |one: &Intervention| (intervention_rank(one), column(one), newest(one.when.as_ref()));
    by(&mut plan.interventions, of_intervention, |intervention| &intervention.item);
    let of_outcome = |one: &Outcome| (one.targets.is_empty(), newest(latest(one)));
    by(&mut plan.outcomes, of_outcome, |outcome| &outcome.item);
}

/// Sorts by a key, then by title, then by what cannot be equal. Few have to be told by their titles.
fn by<T, K: Ord>(list: &mut Vec<T>, key: impl Fn(&T) -> K, item: impl Fn(&T) -> &Item) {
    let mut keyed: Vec<(K, T)> = list.drain(..).map(|one| (key(&one), one)).collect();
    keyed.sort_by(|(one_key, one), (other_key, other)| {
        one_key.cmp(other_key).then_with(|| last(item(one)).cmp(&last(item(other))))
    });
    list.extend(keyed.into_iter().map(|(_, one)| one));
}

/// Title, then what cannot be equal.
fn last(item: &Item) -> (String, &str, &str) {
    (item.title.to_lowercase(), &item.title, &item.id.0)
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
