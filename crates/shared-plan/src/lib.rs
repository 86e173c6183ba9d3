//! The shared plan's heart: the plan that everyone agrees on, where no EHR takes one. Pure.
//!
//! - A [`plan::Plan`] is changed by [`commands`] only: each takes the plan as it was and gives it as it is, with what
//!   others are told, or says which field or state forbids it. Nothing here knows a clock, a network or a database.
//! - What hangs on the person and not on a plan (concerns, overlays, decisions) is
//!   versioned by itself.
//! - *Invariant:* a part keeps its id for ever. Parts are never deleted: what was wrong is `entered-in-error`.
//! - *Invariant:* every change makes one version with author, time and reason; any version can be read again.
//! - *A new command:* a file in `commands/`, its events, a test of what forbids it; then its endpoint.

pub mod commands;
pub mod event;
mod foreign;
mod id;
pub mod plan;
pub mod ports;
mod version;
mod who;

pub use event::{Event, EventId, EventKind};
pub use foreign::Foreign;
pub use id::Id;
pub use version::Version;
pub use who::Who;
