//! `/l/{launch}/connect`: the choice of one more source for this launch; `/l/{launch}/connect/{source}`: signing in there.
//!
//! A GET begins it, as one from an EHR does: nothing changes before state and browser were compared on return.

use std::collections::HashMap;
use std::sync::Arc;

use app::pages::connect_document;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use smart::Start;

use super::{authorize, draw, trouble};
use crate::config::Launches;
use crate::providers;
use crate::rooms::Room;
use crate::state::Server;

/// What the address may say.
#[derive(Debug, Deserialize)]
pub struct ConnectQuery {
    /// Words that the provider shall be called by.
    q: Option<String>,
}

/// Lists the providers of the launch's tenant.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Query(query): Query<ConnectQuery>,
) -> Response {
    let found = providers::find(&server, providers::For::Launch(&room), query.q.as_deref()).await;
    let sheet = found.sheet(format!("/l/{}/connect", room.launch.id), Vec::new());
    draw::launch_page(&server, &room, move || connect_document(sheet.clone())).await
}

/// Begins a standalone launch at another source of the same tenant.
pub async fn begin(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Path(path): Path<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let source = path.get("source").map(String::as_str).unwrap_or_default();
    let standalone = server.config.source(source).is_some_and(|config| config.launches.contains(&Launches::Standalone));
    match server.registry.by_source(source) {
        Some(client) if standalone && client.tenant == room.launch.tenant => {
            authorize::send(
                &server,
                client,
                Start::Standalone { login_hint: None },
                &headers,
                Some(room.launch.id.clone()),
            )
            .await
        }
        _ => trouble::no_such_page(State(server)).await,
    }
}
