//! `/sign-out`: ends this browser's session with its launches and grants.

use std::sync::Arc;
use std::time::Duration;

use access::{AuditEvent, Operation, SessionHash, StoreError};
use app::pages::signed_out_document;
use axum::Extension;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use smart::Grant;
use tokio::task::JoinSet;

use super::{draw, trouble};
use crate::cookies;
use crate::gate::{self, Admitted};
use crate::state::Server;

/// Ends the session and says so; without a session there is nothing to end, and the answer is the same.
pub async fn end(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    headers: HeaderMap,
) -> Response {
    for cookie in cookies::sessions(&headers) {
        if let Err(error) = end_session(&server, &admitted, cookie).await {
            return trouble::internal(&server, &error).await;
        }
    }
    let mut response = draw::page(&server, StatusCode::OK, signed_out_document).await;
    cookies::clear_sessions(response.headers_mut());
    response
}

async fn end_session(server: &Arc<Server>, admitted: &Admitted, cookie: SessionHash) -> Result<(), StoreError> {
    let Some(session) = server.sessions.peek(cookie, server.clock.now()).await? else { return Ok(()) };
    let launches = server.launches.of_session(session.hash).await?;
    let mut grants = Vec::new();
    for launch in &launches {
        match server.grants.of_launch(&launch.tenant, &launch.id).await {
            Ok(found) => grants.extend(found),
            // Whoever signs out is signed out, also where a grant cannot be read and so not be given back.
            Err(error) => tracing::error!(tenant = %launch.tenant, %error, "grants could not be given back"),
        }
    }
    grants.extend(server.questions.take_of(|id| launches.iter().any(|launch| launch.id == *id)));
    let sign_ins = server.sign_ins.of_session(session.hash).await?;
    let of_launches = launches
        .iter()
        .map(|launch| gate::event(server, admitted, &launch.tenant, Operation::SignOut).of_launch(launch));
    let of_sign_ins = sign_ins.iter().map(|sign_in| AuditEvent {
        who: sign_in.viewer.user.clone(),
        role: Some(sign_in.viewer.role),
        source: Some(sign_in.source.clone()),
        ..gate::event(server, admitted, &sign_in.tenant, Operation::SignOut)
    });
    let events: Vec<AuditEvent> = of_launches.chain(of_sign_ins).collect();
    if let Err(error) = server.audit.write_all(&events).await {
        // Whoever signs out is signed out, also where it cannot be written down.
        tracing::error!(%error, "a sign-out could not be written down");
    }
    server.sessions.end(session.hash).await?;
    server.rooms.close(session.hash);
    give_back(server, grants).await;
    Ok(())
}

/// How long the answer waits for the sources; they are told in any case.
const PATIENCE: Duration = Duration::from_secs(3);

/// Tells the sources that their grants are not used any more (checklist T8). Our own copies are gone already.
pub async fn give_back(server: &Arc<Server>, grants: Vec<(String, Grant)>) {
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
