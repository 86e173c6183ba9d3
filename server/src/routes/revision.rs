//! `/l/{launch}/revision`: how new the plan is, for pages that wait for nothing but a change. Never what has changed.

use std::sync::Arc;

use axum::{Extension, Json};
use serde::Serialize;

use crate::rooms::Room;

/// What a page is told.
#[derive(Serialize)]
pub struct Now {
    revision: u64,
    /// When the room was opened: it changes when what is shown was taken back, and the room opened without it.
    opened: String,
}

/// Tells it.
pub async fn now(Extension(room): Extension<Arc<Room>>) -> Json<Now> {
    Json(Now { revision: room.reading.progress().revision, opened: room.opened.to_string() })
}
