//! FHIR R4 as it really arrives: raw JSON kept, thin lenient views over it.
//!
//! A [`Resource`] keeps the bytes it came as. What the rest of the house wants to know is read through views
//! (`resource.read::<fhir::Goal>()`): plain structs whose fields are lenient, so that one bad date or an object where a
//! list belongs spoils that field and nothing else. Views are for reading only; a write patches the raw JSON.
//!
//! No I/O, no clock; builds for wasm32.

pub mod bundle;
pub mod codes;
pub mod date;
pub mod goal_fields;
pub mod lenient;
pub mod mapping;
pub mod reference;
pub mod resource;
mod retraction;
#[cfg(feature = "schema")]
mod schema;
pub mod types;
mod views;

pub use bundle::{Bundle, BundleError, Entry, EntryMode};
pub use date::FhirDate;
pub use goal_fields::GoalFields;
pub use lenient::{Many, Maybe};
pub use mapping::Release;
pub use reference::{Reference, Target};
pub use resource::{ParseError, Resource, ResourceKey, SourceId};
pub use retraction::Retraction;
pub use types::*;
pub use views::*;
