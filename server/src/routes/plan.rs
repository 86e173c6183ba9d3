//! `/l/{launch}/plan` and its live part.

use std::sync::Arc;

use app::pages::{FRAGMENT_TYPE, PlanQuery, board_fragment, plan_document};
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::draw;
use crate::desk::Desk;
use crate::rooms::Room;
use crate::state::Server;

/// Draws the plan page; a reload brings what the sources have now.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<PlanQuery>,
) -> Response {
    room.look_again(server.clock.now());
    draw::launch_page(&server, &room, move || plan_document(query.clone())).await
}

/// Draws the board alone, as it is now.
pub async fn board(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<PlanQuery>,
) -> Response {
    let html = board_fragment(Desk::of(&server, &room), query).await;
    ([(CONTENT_TYPE, FRAGMENT_TYPE)], html).into_response()
}
