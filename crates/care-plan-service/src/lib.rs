//! The shared plan as a service: what turns the pure rules of `shared-plan` and the rows of `storage` into something that
//! others use.
//!
//! The rooms, one reason to change each:
//!
//! - [`service`] is the one way to a shared plan: licence, policy, audit, version, command, commit, in this order. REST,
//!   screens and timed work go through it.
//! - [`identity`]: who calls with a token of the tenant's identity service.
//! - [`rest`]: `/api/v1/care-plans/*`, by which the shared plan is read and changed.
//! - [`fhir`]: `/fhir/r4/*`, by which others read it as FHIR; nothing is written there.
//! - [`relay`]: what happened is handed on to others, from the outbox to a channel of this process or to NATS.
//! - [`timed`]: what becomes late by the passing of time alone.
//! - [`neighbours`]: terminology and provider directory.
//!
//! Everything is reached through ports: no SQL here, no clock of its own, no socket but the broker's.
//!
//! *Invariant:* without the licence `ehr.care_plans` every write is refused before anything is looked up.
//! *Invariant:* what is of another tenant or person is answered exactly as what never existed.
//! *Invariant:* an event is kept in the step of the change that it tells of.

pub mod fhir;
pub mod identity;
pub mod neighbours;
pub mod relay;
pub mod rest;
pub mod service;
pub mod timed;

pub use service::{Caller, Failure, People, Service, Tenant};
