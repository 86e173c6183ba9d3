//! Everything an EHR holds, to be looked at: types, resources, versions and what changed between them.

mod diff;
mod index;
mod list;
mod record;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::fhir::Store;

/// What the pages need.
#[derive(Clone)]
struct Shelf {
    ehr: Arc<str>,
    store: Arc<Store>,
}

/// `/browse`, `/browse/{type}` and `/browse/{type}/{id}`.
pub(crate) fn router(ehr: &str, store: Arc<Store>) -> Router {
    Router::new()
        .route("/browse", get(index::index))
        .route("/browse/{kind}", get(list::list))
        .route("/browse/{kind}/{id}", get(record::record))
        .with_state(Shelf { ehr: ehr.into(), store })
}
