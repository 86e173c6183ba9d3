//! `/l/{launch}/sources`: what was read where, and what could not be.

use std::sync::Arc;

use app::desk::LaunchDesk;
use app::pages::sources_document;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::draw;
use crate::desk::Desk;
use crate::rooms::Room;
use crate::state::Server;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct SourcesQuery {
    answer: Option<String>,
}

/// Draws the page.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<SourcesQuery>,
) -> Response {
    let answer = match &query.answer {
        Some(ticket) => Desk::of(&server, &room).answer(ticket).await,
        None => None,
    };
    draw::launch_page(&server, &room, move || sources_document(answer.clone())).await
}
