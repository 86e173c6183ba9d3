//! The way to a source, after the form: a page of ours, and `/l/{launch}/sharing/sign-in`, where it goes on by itself.
//!
//! A form may lead to our own pages only (`form-action`), and browsers hold what it is redirected to against that too. So
//! the form ends on a page, and the page goes on to an address of ours that redirects to the source. What was agreed waits
//! under a ticket, as answers do; the address of the sign-in itself stands in no page.

use std::sync::Arc;

use access::Sharing;
use app::desk::Answer;
use app::pages::leave_document;
use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header::{REFERRER_POLICY, REFRESH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use smart::Start;

use crate::config::Launches;
use crate::middleware::ShownBy;
use crate::rooms::Room;
use crate::routes::{authorize, draw, trouble};
use crate::state::Server;

const FUNCTION: &str = "sharing-agreed";

/// What was agreed, while the browser is on its way.
#[derive(Debug, Serialize, Deserialize)]
pub struct Agreed {
    /// The source to sign in at.
    pub source: String,
    /// For what and until when.
    pub sharing: Sharing,
}

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct LeaveQuery {
    #[serde(default)]
    ticket: String,
}

/// The page that says where one is sent, and goes on.
pub async fn page(server: &Arc<Server>, room: &Room, name: String, agreed: &Agreed) -> Response {
    // An id as any other: good in this launch only, so it may stand in a page.
    let ticket: String = server.opaque.bits().iter().map(|byte| format!("{byte:02x}")).collect();
    let said = serde_json::to_string(agreed).ok();
    let answer = Answer { function: FUNCTION.to_owned(), said, typed: Vec::new() };
    server.tickets.put(&room.launch.id, ticket.clone(), answer, server.clock.now());
    let href = format!("/l/{}/sharing/sign-in?ticket={ticket}", room.launch.id);
    let refresh = HeaderValue::from_str(&format!("0; url={href}"));
    let mut page = draw::page(server, StatusCode::OK, move || leave_document(name.clone(), href.clone())).await;
    page.extensions_mut().insert(ShownBy(room.launch.tenant.clone()));
    page.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    if let Ok(refresh) = refresh {
        page.headers_mut().insert(REFRESH, refresh);
    }
    page
}

/// Sends the browser to the source, with what was agreed. Nothing changes before state and browser were compared on return.
pub async fn begin(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<LeaveQuery>,
    headers: HeaderMap,
) -> Response {
    let kept = server.tickets.lookup(&room.launch.id, &query.ticket, server.clock.now());
    let Some(Agreed { source, sharing }) = kept.and_then(|answer| answer.of::<Agreed>(FUNCTION)) else {
        return trouble::no_such_page(State(server)).await;
    };
    let standalone =
        server.config.source(&source).is_some_and(|config| config.launches.contains(&Launches::Standalone));
    let client = server.registry.by_source(&source).filter(|client| standalone && client.tenant == room.launch.tenant);
    let Some(client) = client else { return trouble::no_such_page(State(server)).await };
    // In the demonstration, the group of users that the simulated EHR offers first.
    let login_hint = server.config.demo.is_some().then(|| "patient".to_owned());
    let start = Start::Standing { login_hint, sharing };
    authorize::send(&server, client, start, &headers, Some(room.launch.id.clone())).await
}
