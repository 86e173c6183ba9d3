//! What a plan lacks, and what becomes of an issue that somebody settled: one file for each rule.

mod care_team_gap;
mod care_team_overlap;
mod circular_reference;
mod concern_without_goal;
mod dangling_reference;
mod decisions;
mod decisions_laws;
mod due_before_start;
mod goal_met;
mod goal_without_activity;
mod goal_without_concern;
mod goal_without_measure;
mod intervention_without_reason;
mod labels;
mod laws;
mod measure_not_recorded;
mod missing_source;
mod overdue_activity;
mod overdue_goal;
mod overlays;
mod patient_concern_unanswered;
mod people;
mod person_mismatch;
mod review_due;
mod support;
