//! An edit becomes a write at the source that owns the resource.
//!
//! The way of every edit: its own content is checked · the intent is stored, before the first byte goes out · the raw
//! resource is read again · it is checked to be the right one, about the right person, and understood · its version is
//! compared · named paths of the raw tree are patched · `PUT` with `If-Match` · read again and compared whole.
//!
//! *Invariant:* a write changes what the user changed and nothing else; order, number text, unknown elements, extensions
//! and `_fields` survive ([`patch`]).
//! *Invariant:* nothing is sent against a version that the user has not seen.
//! *Invariant:* "saved" is said after the source was read again; what came back different is named.
//! *Invariant:* an intent is closed only by what was proven. A timeout proves nothing.
//!
//! *A new edit:* its type in `edit.rs`, what its form may change beside [`GoalFields`], its rules in `check.rs`, its paths in
//! `patch/`. The way itself (`writer.rs`) stays the same.

mod achievement;
mod check;
mod difference;
mod edit;
mod fhir_server;
mod intent;
mod json;
mod outcome;
mod owner;
mod patch;
mod path;
mod record;
mod resume;
mod writer;

pub use achievement::{ACHIEVEMENTS, Achievement};
pub use check::{Field, FieldProblem};
pub use difference::differences;
pub use edit::{Author, GoalEdit};
pub use fhir::GoalFields;
pub use intent::{Closed, Intent, IntentError, IntentId, Intents};
pub use outcome::{Resumed, Unproven, Warning, WriteOutcome};
pub use owner::{Owned, Owner, Written};
pub use patch::patch;
pub use record::Refusal;
pub use writer::Writer;
