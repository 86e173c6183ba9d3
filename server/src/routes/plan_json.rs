//! `/l/{launch}/plan.json`: the consolidated plan as data.

use std::sync::Arc;

use app::desk::LaunchDesk;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use care_plan::ConsolidatedPlan;
use care_plan::snapshot::Status;
use serde::Serialize;

use crate::desk::Desk;
use crate::rooms::{BUDGET, Room};
use crate::state::Server;

/// The plan with what it was made of.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanJson {
    /// Counts up with every change of the reading.
    revision: u64,
    /// Every source with its state: a plan without it would not say what is missing.
    sources: Vec<SourceJson>,
    plan: Arc<ConsolidatedPlan>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SourceJson {
    id: String,
    name: String,
    state: &'static str,
    items: usize,
    as_of: Option<String>,
}

/// Sends the plan as it is when all sources are done or the budget is used up.
///
/// Nothing clinical is sent before the launch's own source has said who the person is (checklist C5, P12).
pub async fn send(State(server): State<Arc<Server>>, Extension(room): Extension<Arc<Room>>) -> Response {
    let picture = Desk::of(&server, &room).picture(BUDGET).await;
    if !room.is_known(&picture) {
        return (StatusCode::SERVICE_UNAVAILABLE, Json(serde_json::json!({ "error": "the person could not be read" })))
            .into_response();
    }
    let sources = picture.snapshot.records.iter().map(|record| SourceJson {
        id: record.source.id.to_string(),
        name: record.source.name.clone(),
        state: state(&record.status()),
        items: record.resources.len(),
        as_of: record.as_of.map(|then| then.to_string()),
    });
    Json(PlanJson { revision: picture.revision, sources: sources.collect(), plan: picture.plan }).into_response()
}

fn state(status: &Status) -> &'static str {
    match status {
        Status::NotConnected => "not-connected",
        Status::Pending => "pending",
        Status::Complete => "complete",
        Status::Partial(_) => "partial",
        Status::Failed(_) => "failed",
        Status::NotPermitted(_) => "not-permitted",
        Status::NotSupported => "not-supported",
    }
}
