//! The EHR's front door and its launcher: choose a person and a user, start an application.

mod home;
mod launch;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::smart::Authority;

/// `/`, `/launcher` and the styles of all pages.
pub(crate) fn router(authority: Arc<Authority>) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/launcher", get(launch::page).post(launch::launch))
        .route("/ehr.css", get(crate::page::styles))
        .with_state(authority)
}
