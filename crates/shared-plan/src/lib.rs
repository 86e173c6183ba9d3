//! The shared plan's heart: the plan that everyone agrees on, where no EHR takes one. Pure.
//!
//! - A [`plan::Plan`] is changed by [`commands`] only: each takes the plan as it was and gives it as it is, with what
//!   others are told, or says which field or state forbids it. Nothing here knows a clock, a network or a database.
//! - What hangs on the person and not on a plan is versioned by itself: a [`concern`] that was entered here, an
//!   [`overlay`] that points at a resource which its source did not change, a [`decision`] about a detected issue.
//! - Each is a document of its own kind ([`Kept`]); what a command gives back makes a [`ports::Commit`].
//! - What others are told ([`event`]) carries the codes and days as they are after it and as they were ([`facts`]), so that a
//!   consumer can count without asking, and tells a correction from what happened.
//! - [`compare`] says in words what two versions differ in, and for the person what changed since the last approved one.
//! - *Invariant:* a part keeps its id for ever. Parts are never deleted: what was wrong is `entered-in-error`.
//! - *Invariant:* every change makes one version with author, time and reason; any version can be read again.
//! - [`fhir`] says all of it as FHIR R4.
//! - *A new command:* a file in `commands/`, its events, a test of what forbids it; then its endpoint.

pub mod commands;
pub mod compare;
pub mod concern;
pub mod decision;
mod entry;
pub mod event;
pub mod facts;
pub mod fhir;
mod foreign;
mod id;
mod kept;
mod named;
pub mod overlay;
pub mod plan;
pub mod ports;
mod version;
mod who;

pub use entry::{ChangedEntry, Entry, OneOfAKind};
pub use event::{Event, EventId, EventKind};
pub use foreign::Foreign;
pub use id::Id;
pub use kept::{ContentError, Head, Kept};
pub use version::Version;
pub use who::Who;
