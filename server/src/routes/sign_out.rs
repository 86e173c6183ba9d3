//! `/sign-out`: ends this browser's session with its launches and grants.

use std::sync::Arc;

use app::pages::signed_out_document;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::{draw, trouble};
use crate::cookies;
use crate::state::Server;

/// Ends the session and says so; without a session there is nothing to end, and the answer is the same.
pub async fn end(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    if let Some(session) = cookies::session(&headers) {
        if let Err(error) = server.sessions.end(session).await {
            return trouble::internal(&server, &error).await;
        }
        server.rooms.close(session);
    }
    let mut response = draw::page(&server, StatusCode::OK, signed_out_document).await;
    cookies::clear_session(response.headers_mut());
    response
}
