//! The FHIR half of a simulated EHR: a store in memory and FHIR R4 over HTTP on top of it.
//!
//! Who may do what is decided by a [`Guard`] that the SMART half hands in; every route but `/metadata` asks it.
//! An [`Access`] that is limited to one patient never sees, finds, includes or writes another one's resources.

mod access;
mod answer;
mod behaviour;
mod caller;
mod http;
mod interactions;
mod read_only;
mod store;

pub use access::{Access, Guard, Open, Refusal};
pub use behaviour::Behaviour;
pub use http::Surface;
pub use store::{Clock, LoadError, LoadProblem, LoadReport, Store, StoredVersion};

use std::sync::Arc;

/// The FHIR routes of one EHR, for `nest_service` at its base path; see [`Surface`] for what else can be said.
pub fn router(store: Arc<Store>, guard: Arc<dyn Guard>, base: url::Url) -> axum::Router {
    Surface::new(store, guard, base).router()
}
