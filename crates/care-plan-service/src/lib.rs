//! The shared plan as a service: what turns the pure rules of `shared-plan` and the rows of `storage` into something that
//! others use.
//!
//! The rooms, one reason to change each:
//!
//! - `rest`: `/api/v1/care-plans/*`, by which the shared plan is read and changed.
//! - `fhir`: `/fhir/r4/*`, by which others read it as FHIR; nothing is written there.
//! - [`relay`]: what happened is handed on to others, from the outbox to a channel of this process or to NATS.
//! - `timed`: what becomes late by the passing of time alone.
//!
//! Everything is reached through ports: no SQL here, no clock of its own, no socket but the broker's.

pub mod relay;
