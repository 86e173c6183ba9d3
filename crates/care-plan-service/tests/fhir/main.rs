//! The FHIR surface over a database of its own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod along;
mod bounds;
mod docs;
mod history;
mod hostile;
mod joined;
mod metadata;
mod paging;
mod reading;
mod requests;
mod sameness;
mod scopes;
mod searching;
mod settled;
mod tokens;
mod told;
mod world;
mod writing;
