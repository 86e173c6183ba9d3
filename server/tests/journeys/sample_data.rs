//! The journeys on real records, where this machine has them.
