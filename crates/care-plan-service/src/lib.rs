//! The care plan service: where the shared plan lives.
//!
//! - [`service`] is the one way to a shared plan: licence, policy, audit, version, command, commit, in this order. REST,
//!   screens and timed work go through it.
//! - *Invariant:* without the licence `ehr.care_plans` every write is refused before anything is looked up.
//! - *Invariant:* what is of another tenant or person is answered exactly as what never existed.
//! - *Invariant:* an event is kept in the step of the change that it tells of.

pub mod identity;
pub mod service;
pub mod timed;

pub use service::{Caller, Failure, People, Service, Tenant};
