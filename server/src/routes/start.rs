//! `/`: what this is, and the ways in.

use std::sync::Arc;

use access::Role;
use app::pages::{DemoLink, start_document};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{draw, sign_in};
use crate::state::Server;

/// Draws the start page.
pub async fn page(State(server): State<Arc<Server>>) -> Response {
    let demo: Vec<DemoLink> = server
        .config
        .demo
        .iter()
        .flat_map(|demo| {
            let sign_in = |role, word: &str| DemoLink { role, href: format!("/sign-in?at={}&{word}", demo.source) };
            [
                DemoLink { role: Role::Clinician, href: demo.launcher.to_string() },
                sign_in(Role::Patient, "as=patient"),
                sign_in(Role::Coordinator, "for=panel&as=coordinator"),
            ]
        })
        .collect();
    let sources = sign_in::choices(&server);
    draw::page(&server, StatusCode::OK, move || start_document(demo.clone(), sources.clone())).await
}
