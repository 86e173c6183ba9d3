//! Lets a request into a launch, or answers as if the launch did not exist.
//!
//! The id in the path is no credential (smart-launch P2): the launch must belong to the browser's session. Foreign,
//! ended and never-existing launches get the same answer.

use std::collections::HashMap;
use std::sync::Arc;

use access::LaunchId;
use axum::extract::{Path, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::cookies;
use crate::routes::trouble;
use crate::state::Server;

/// Puts the launch's [`crate::rooms::Room`] into the extensions.
pub async fn enter_launch(
    State(server): State<Arc<Server>>,
    Path(path): Path<HashMap<String, String>>,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(id) = path.get("launch").and_then(|text| LaunchId::parse(text)) else {
        return trouble::not_open(&server).await;
    };
    let Some(cookie) = cookies::session(request.headers()) else { return trouble::not_open(&server).await };
    let session = match server.sessions.lookup(cookie, server.clock.now()).await {
        Ok(Some(session)) => session,
        Ok(None) => return trouble::not_open(&server).await,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    match server.rooms.enter(&server, &id, session.hash).await {
        Ok(Some(room)) => {
            request.extensions_mut().insert(room);
            next.run(request).await
        }
        Ok(None) => trouble::not_open(&server).await,
        Err(error) => trouble::internal(&server, &error).await.into_response(),
    }
}
