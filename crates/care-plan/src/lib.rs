//! The heart: records of many sources in, one consolidated plan out.
//!
//! *Invariant:* [`consolidate`] is a pure function of the snapshot and the day; the order of sources and the time of
//! arrival change nothing, and doing it twice changes nothing.
//! *Invariant:* nothing that was read is lost: every resource is a member of an item, a part of the person, team or
//! allergies, or stands among the supporting resources; every entry that could not be used is a problem.

pub mod decisions;
mod labels;
pub mod measures;
pub mod plan;
mod rules;
pub mod snapshot;
pub mod trend;
pub mod units;

pub mod export;

mod consolidate;

pub use consolidate::consolidate;
pub use decisions::Decisions;
pub use labels::label;
pub use plan::ConsolidatedPlan;
pub use snapshot::Snapshot;
