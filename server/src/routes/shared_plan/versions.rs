//! `/l/{launch}/shared-plan/{plan}/versions`: all versions, and two of them compared.

use std::sync::Arc;

use app::pages::shared_versions_document;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;

use super::{Parameters, caller, named, not_shown};
use crate::gate::Admitted;
use crate::rooms::Room;
use crate::routes::{draw, trouble};
use crate::shared_plan as plans;
use crate::state::Server;

/// Which two are compared.
#[derive(Debug, Deserialize)]
pub struct VersionsQuery {
    from: Option<String>,
    to: Option<String>,
}

/// Draws the page.
pub async fn page(
    State(server): State<Arc<Server>>,
    Extension(room): Extension<Arc<Room>>,
    Extension(admitted): Extension<Admitted>,
    Path(path): Path<Parameters>,
    Query(query): Query<VersionsQuery>,
) -> Response {
    let Some(id) = named(&path) else { return trouble::no_such_page(State(server)).await };
    let caller = match caller(&server, &room, &admitted).await {
        Ok(caller) => caller,
        Err(answer) => return *answer,
    };
    // What is no version is not asked for: then the newest two are compared.
    let version = |text: Option<String>| text.and_then(|text| text.parse().ok());
    match plans::versions(&server, &caller, id, (version(query.from), version(query.to))).await {
        Ok(sheet) => draw::launch_page(&server, &room, move || shared_versions_document(sheet.clone())).await,
        Err(failure) => not_shown(&server, failure).await,
    }
}
