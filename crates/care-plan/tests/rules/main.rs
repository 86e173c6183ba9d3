//! Tests of the rules for disagreements and safety: records in, detected issues out. A file for each rule, with a true
//! case, near misses that stay silent, and a property.

mod choices;
mod clinical_status_disagreement;
mod contradictory_due_dates;
mod contradictory_targets;
mod dose_disagreement;
mod duplicate_ingredient;
mod duplicate_request;
mod for_inactive_condition;
mod medication_against_allergy;
mod medication_against_measure;
mod onset_disagreement;
mod sample_data;
mod stage_disagreement;
mod status_disagreement;
mod stopped_and_active;
mod support;
