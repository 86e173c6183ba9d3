//! `/l/{launch}/reconcile`: where the records differ, and what the plan lacks.

use std::sync::Arc;

use app::desk::LaunchDesk;
use app::pages::{ReconcileQuery, reconcile_document};
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Response;

use super::draw;
use crate::desk::Desk;
use crate::rooms::Room;
use crate::state::Server;

/// Draws the page; a reload brings what the sources have now.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<ReconcileQuery>,
) -> Response {
    room.look_again(server.clock.now());
    let answer = match &query.answer {
        Some(ticket) => Desk::of(&server, &room).answer(ticket).await,
        None => None,
    };
    draw::launch_page(&server, &room, move || reconcile_document(query.clone(), answer.clone())).await
}
