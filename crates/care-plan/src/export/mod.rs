//! The plan in the forms that leave the house: FHIR, for whoever reads FHIR. Pure.

mod activities;
mod bundle;
mod care_plan;
mod links;
mod names;
mod narrative;

pub use bundle::{Export, bundle};
