//! The shared plan as FHIR.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod consolidated;
mod links;
mod profiles;
mod spelled;
mod versions;
mod world;
