//! `/l/{launch}/plan.json`: the consolidated plan as data (`docs/plan.schema.json`).

use std::sync::Arc;

use app::desk::LaunchDesk;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use care_plan::export::PlanDocument;

use crate::desk::Desk;
use crate::rooms::{BUDGET, Room};
use crate::state::Server;

/// Sends the plan as it is when all sources are done or the budget is used up.
///
/// Nothing clinical is sent before the launch's own source has said who the person is (checklist C5, P12).
pub async fn send(State(server): State<Arc<Server>>, Extension(room): Extension<Arc<Room>>) -> Response {
    let picture = Desk::of(&server, &room).picture(BUDGET).await;
    if !room.is_known(&picture) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(serde_json::json!({ "error": "the person could not be read" })))
            .into_response();
    }
    Json(PlanDocument::new(picture.revision, picture.plan, &picture.snapshot)).into_response()
}
