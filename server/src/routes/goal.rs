//! `/l/{launch}/goals/{item}`: one goal, and the form that changes it.

use std::collections::HashMap;
use std::sync::Arc;

use app::desk::LaunchDesk;
use app::pages::goal_document;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use care_plan::plan::ItemId;
use serde::Deserialize;

use super::{draw, trouble};
use crate::desk::Desk;
use crate::rooms::{BUDGET, Room};
use crate::state::Server;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct GoalQuery {
    answer: Option<String>,
}

/// Draws the page; the status is decided before the first byte, so the reading is given its time here.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Path(path): Path<HashMap<String, String>>,
    Query(query): Query<GoalQuery>,
) -> Response {
    let desk = Desk::of(&server, &room);
    let item = ItemId(path.get("item").cloned().unwrap_or_default());
    let mut sheet = desk.goal(&item).await;
    if sheet.is_none() {
        desk.picture(BUDGET).await;
        sheet = desk.goal(&item).await;
    }
    let Some(sheet) = sheet else { return trouble::no_such_item(&server).await };
    let answer = match &query.answer {
        Some(ticket) => desk.answer(ticket).await,
        None => None,
    };
    draw::launch_page(&server, &room, move || goal_document(sheet.clone(), answer.clone())).await
}
