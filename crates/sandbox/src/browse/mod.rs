//! Everything an EHR holds, to be looked at: types, resources, versions and what changed between them.

mod diff;
mod index;
mod list;
mod record;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::records::Records;

/// What the pages need.
#[derive(Clone)]
struct Shelf {
    ehr: Arc<str>,
    records: Arc<dyn Records>,
}

/// `/browse`, `/browse/{type}` and `/browse/{type}/{id}`.
pub(crate) fn router(ehr: &str, records: Arc<dyn Records>) -> Router {
    Router::new()
        .route("/browse", get(index::index))
        .route("/browse/{kind}", get(list::list))
        .route("/browse/{kind}/{id}", get(record::record))
        .with_state(Shelf { ehr: ehr.into(), records })
}
