//! The plan in the forms that leave the house: FHIR, for whoever reads FHIR, and plain data, for programs that do not. Pure.

mod activities;
mod bundle;
mod care_plan;
mod detected_issue;
mod document;
mod links;
mod names;
mod narrative;
mod unwritable;

pub use bundle::{Export, bundle};
pub use detected_issue::{Addresses, detected_issue};
pub use document::{PlanDocument, ReadState, SourceState};
