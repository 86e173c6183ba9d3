//! The plan as FHIR: its shape, and whether it keeps to the profiles.

mod bundle;
mod labels;
mod profiles;
mod schema;
mod world;
