//! One FHIR server over real HTTP on 127.0.0.1: each way of answering, and what becomes of it.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod fake;

mod matching;
mod paging;
mod reading;
mod retrying;
mod tokens;
mod versions;
mod writing;
