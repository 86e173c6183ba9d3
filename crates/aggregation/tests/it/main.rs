//! Whole readings against servers on 127.0.0.1 that answer well, badly or not at all.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod ehr;
mod house;

mod deadlines;
mod entries;
mod failing;
mod faults;
mod laws;
mod local;
mod patients;
mod provenance;
mod queries;
mod reading;
mod requests;
mod samples;
mod sandbox;
mod vendor;
mod versions;
