//! The FHIR surface over a database of its own.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod along;
mod docs;
mod history;
mod hostile;
mod metadata;
mod paging;
mod reading;
mod sameness;
mod scopes;
mod searching;
mod told;
mod world;
mod writing;
