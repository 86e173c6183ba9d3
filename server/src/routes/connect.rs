//! `/l/{launch}/connect/{source}`: one more source for this launch, by signing in there.
//!
//! A GET begins it, as one from an EHR does: nothing changes before state and browser were compared on return.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use smart::Start;

use super::{authorize, trouble};
use crate::config::Launches;
use crate::rooms::Room;
use crate::state::Server;

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
