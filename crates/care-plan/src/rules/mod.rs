//! Detected issues: one rule a file, each a pure function over the consolidated plan.
//!
//! A rule never looks at words to decide that two things are the same: that is consolidation's work, and only codes and
//! identifiers count there. A rule says what each record says and what would settle it; it chooses nothing.
//! *Invariant:* rules do not depend on the order of sources, and a rule that does not know stays silent.

mod care_team_gap;
mod care_team_overlap;
mod circular_reference;
mod clinical_status_disagreement;
mod common;
mod concern_without_goal;
mod contradictory_due_dates;
mod contradictory_targets;
mod dangling_reference;
mod dose_disagreement;
mod due_before_start;
mod duplicate_ingredient;
mod duplicate_request;
mod for_inactive_condition;
mod goal_met;
mod goal_without_activity;
mod goal_without_concern;
mod goal_without_measure;
mod intervention_without_reason;
mod measure_not_recorded;
mod medication_against_allergy;
mod medication_against_measure;
mod missing_source;
mod onset_disagreement;
mod overdue_activity;
mod overdue_goal;
mod patient_concern_unanswered;
mod person_mismatch;
mod review_due;
mod stage_disagreement;
mod status_disagreement;
mod stopped_and_active;

use jiff::civil::Date;

use common::ties::Ties;

use crate::consolidate::reach::Reach;
use crate::plan::{ConsolidatedPlan, DetectedIssue};
use crate::snapshot::Snapshot;

/// What a rule looks at.
pub(crate) struct Case<'a> {
    /// The plan, without issues.
    pub(crate) plan: &'a ConsolidatedPlan,
    /// What it was made of, for the states of sources.
    pub(crate) snapshot: &'a Snapshot,
    /// The resources themselves, for what the plan does not tell.
    pub(crate) reach: Reach<'a>,
    /// What is linked with what.
    ties: Ties<'a>,
    /// The tenant's day.
    pub(crate) today: Date,
}

impl<'a> Case<'a> {
    /// The case of a plan.
    pub(crate) fn new(plan: &'a ConsolidatedPlan, snapshot: &'a Snapshot, reach: Reach<'a>, today: Date) -> Self {
        Self { plan, snapshot, reach, ties: Ties::of(plan), today }
    }
}

/// A rule.
type Rule = fn(&Case<'_>) -> Vec<DetectedIssue>;

/// All rules, in the order of their codes.
const RULES: &[Rule] = &[
    contradictory_targets::find,
    contradictory_due_dates::find,
    status_disagreement::find,
    clinical_status_disagreement::find,
    stage_disagreement::find,
    onset_disagreement::find,
    duplicate_request::find,
    duplicate_ingredient::find,
    dose_disagreement::find,
    stopped_and_active::find,
    medication_against_allergy::find,
    medication_against_measure::find,
    for_inactive_condition::find,
    concern_without_goal::find,
    goal_without_concern::find,
    goal_without_measure::find,
    goal_without_activity::find,
    intervention_without_reason::find,
    overdue_goal::find,
    due_before_start::find,
    overdue_activity::find,
    review_due::find,
    goal_met::find,
    measure_not_recorded::find,
    care_team_overlap::find,
    care_team_gap::find,
    patient_concern_unanswered::find,
    person_mismatch::find,
    dangling_reference::find,
    circular_reference::find,
    missing_source::find,
];

/// Runs all rules; the gravest issues first, then by code and name.
pub(crate) fn detect(case: &Case<'_>) -> Vec<DetectedIssue> {
    let mut issues: Vec<DetectedIssue> = RULES.iter().flat_map(|rule| rule(case)).collect();
    issues.sort_by(|one, other| {
        (one.severity, one.code, &one.title, &one.id).cmp(&(other.severity, other.code, &other.title, &other.id))
    });
    issues
}
