//! `/l/{launch}/sharing`: what is shared of which record; the person changes it by two forms.

mod give;
mod leave;
mod revoke;

use std::sync::Arc;

use access::Operation;
use access::audit::AuditEvent;
use app::desk::sharing::{SHARING, SharingAnswer};
use app::desk::{Answer, LaunchDesk};
use app::pages::sharing_document;
use axum::Extension;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::{draw, trouble};
use crate::desk::Desk;
use crate::gate::{self, Admitted};
use crate::rooms::Room;
use crate::sharing::{self, Shareable};
use crate::state::Server;

pub use give::give;
pub use leave::begin;
pub use revoke::revoke;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct SharingQuery {
    answer: Option<String>,
}

/// Draws the page.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<SharingQuery>,
) -> Response {
    let sheet = match sharing::sheet(&server, &room).await {
        Ok(sheet) => sheet,
        Err(error) => return trouble::internal(&server, &error).await,
    };
    let answer = match &query.answer {
        Some(ticket) => Desk::of(&server, &room).answer(ticket).await,
        None => None,
    };
    draw::launch_page(&server, &room, move || sharing_document(sheet.clone(), answer.clone())).await
}

/// Goes back to the page, which says the answer; what was typed is kept for the form it came from.
pub fn told(server: &Server, room: &Room, answer: &SharingAnswer, typed: Vec<(String, String)>) -> Response {
    let said = serde_json::to_string(answer).ok();
    let answer = Answer { function: SHARING.to_owned(), said, typed };
    let ticket = server.opaque.text();
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    Redirect::to(&format!("/l/{}/sharing?answer={ticket}", room.launch.id)).into_response()
}

/// The event of a decision about one source.
pub fn event(
    server: &Server,
    admitted: &Admitted,
    room: &Room,
    operation: Operation,
    (source, shareable): (&str, &Shareable),
) -> AuditEvent {
    let event = gate::event(server, admitted, &room.launch.tenant, operation).of_launch(&room.launch);
    match shareable.at(source) {
        Some(at) => event.at(at),
        None => AuditEvent { patient: None, source: Some(source.to_owned()), ..event },
    }
}

/// Name of a source, for people.
pub fn name(server: &Server, source: &str) -> String {
    server.config.source(source).map_or_else(|| source.to_owned(), |source| source.name.clone())
}
