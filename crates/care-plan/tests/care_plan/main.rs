//! Tests of the consolidation, from the outside: records in, plan out.

mod allergies;
mod aside;
mod clusters;
mod concerns;
mod goals;
mod held_apart;
mod identifiers;
mod identity;
mod intents;
mod interventions;
mod laws;
mod links;
mod order;
mod outcomes;
mod outcomes_laws;
mod outcomes_pairs;
mod outcomes_targets;
mod outcomes_units;
mod people;
mod problems;
mod references;
mod sample_data;
mod support;
mod wrong_merges;
