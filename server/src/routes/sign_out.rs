//! `/sign-out`: ends this browser's session with its launches and grants.

use std::sync::Arc;
use std::time::Duration;

use app::pages::signed_out_document;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use smart::Grant;
use tokio::task::JoinSet;

use super::{draw, trouble};
use crate::cookies;
use crate::state::Server;

/// Ends the session and says so; without a session there is nothing to end, and the answer is the same.
pub async fn end(State(server): State<Arc<Server>>, headers: HeaderMap) -> Response {
    if let Some(session) = cookies::session(&headers) {
        let ended = async {
            let grants = server.grants.of_session(session).await?;
            server.sessions.end(session).await.map(|()| grants)
        };
        match ended.await {
            Ok(grants) => give_back(&server, grants).await,
            Err(error) => return trouble::internal(&server, &error).await,
        }
        server.rooms.close(session);
    }
    let mut response = draw::page(&server, StatusCode::OK, signed_out_document).await;
    cookies::clear_session(response.headers_mut());
    response
}

/// How long the answer waits for the sources; they are told in any case.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tells the sources that their grants are not used any more (checklist T8). Our own copies are gone already.
async fn give_back(server: &Arc<Server>, grants: Vec<(String, Grant)>) {
    let mut told = JoinSet::new();
    for (source, grant) in grants {
        let Some(client) = server.registry.by_source(&source).cloned() else { continue };
        let smart = server.smart.clone();
        // Spawned apart, so that a source which is slow is still told when nobody waits for it any more.
        let telling = tokio::spawn(async move {
            if let Err(error) = smart.revoke(&client, &grant).await {
                tracing::warn!(source = %client.source, %error, "a grant could not be given back");
            }
        });
        told.spawn(telling);
    }
    let _ = tokio::time::timeout(PATIENCE, told.join_all()).await;
}
