//! What a refused request is told, and what is written about it.

use std::sync::Arc;

use access::policy::{Operation, Why};
use access::{AuditEvent, Outcome, TenantId};
use axum::http::StatusCode;
use axum::response::Response;

use super::Admitted;
use crate::rooms::Room;
use crate::routes::trouble;
use crate::state::Server;

/// Refuses. What is hidden is answered exactly as what never was.
pub async fn answer(server: &Arc<Server>, asked: &Admitted, room: Option<&Room>, why: Why) -> Response {
    note(server, asked, room, Outcome::Refused(why)).await;
    let (title, sentence, what_to_do) = match why {
        Why::NotSignedIn if matches!(asked.operation, Operation::OpenPanel | Operation::OpenPerson) => {
            return trouble::panel_not_open(server).await;
        }
        Why::NotSignedIn | Why::NotThisLaunch => return trouble::not_open(server).await,
        // Screens have sessions and launches; tokens are asked of at doors of their own.
        Why::RoleMayNot(_) | Why::NoScope | Why::NotLicensed => (
            "This is not for your role",
            "What you asked for is done by somebody else in this person's care.",
            "Go back to the care plan. If you should be able to do this, tell your operator.",
        ),
        Why::NoConsent => return trouble::not_shared(server).await,
    };
    trouble::say(server, StatusCode::FORBIDDEN, title, sentence, what_to_do).await
}

/// Writes an event about a request that was not carried out. A refusal stands whether or not it can be written down.
pub async fn note(server: &Arc<Server>, asked: &Admitted, room: Option<&Room>, outcome: Outcome) {
    let Some(tenant) = tenant(server, asked, room).await else {
        // A stranger is nobody's: their requests are in the log of the process only.
        tracing::info!(operation = asked.operation.code(), outcome = outcome.code(), "refused");
        return;
    };
    let event = super::event(server, asked, &tenant, asked.operation).with(outcome);
    let event = match room {
        Some(room) => event.of_launch(&room.launch),
        None => AuditEvent { who: asked.viewer.as_ref().and_then(|viewer| viewer.user.clone()), ..event },
    };
    if let Err(error) = server.audit.write(&event).await {
        tracing::error!(%error, "a refusal could not be written down");
    }
}

/// Whose log it belongs to: the launch's, the user's, or that of the browser's own newest launch.
async fn tenant(server: &Server, asked: &Admitted, room: Option<&Room>) -> Option<TenantId> {
    if let Some(tenant) = room.map(|room| &room.launch.tenant).or(asked.tenant.as_ref()) {
        return Some(tenant.clone());
    }
    let launches = server.launches.of_session(asked.session.as_ref()?.hash).await.ok()?;
    launches.last().map(|launch| launch.tenant.clone())
}
