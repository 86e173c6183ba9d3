//! `/session` and `/l/{launch}/session`: when the session ends, for pages that ask by themselves. Asking puts nothing
//! off.

use std::sync::Arc;

use app::words::words;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::trouble;
use crate::ending;
use crate::gate::Admitted;
use crate::rooms::Room;
use crate::state::Server;

/// What a page is told.
#[derive(Debug, Serialize)]
struct Told {
    /// Seconds until the end.
    left: u32,
    /// False where nobody can put it off.
    extendable: bool,
    /// Until when, on the tenant's wall clock.
    words: String,
}

/// Tells of the browser's session.
pub async fn of_browser(State(server): State<Arc<Server>>, Extension(admitted): Extension<Admitted>) -> Response {
    let zone = ending::zone(&server, admitted.tenant.as_ref());
    told(&server, &admitted, &zone).await
}

/// Tells of the session of a launch. A launch can end before its session does, when somebody else signs in: then the
/// page is told so, as any stranger is.
pub async fn of_launch(
    State(server): State<Arc<Server>>,
    Extension(admitted): Extension<Admitted>,
    room: Option<Extension<Arc<Room>>>,
) -> Response {
    match room {
        Some(Extension(room)) => told(&server, &admitted, &room.time_zone).await,
        None => trouble::not_open(&server).await,
    }
}

/// What there is to tell, also in answer to the wish to stay.
pub async fn told(server: &Arc<Server>, admitted: &Admitted, zone: &TimeZone) -> Response {
    let Some(session) = &admitted.session else { return trouble::not_open(server).await };
    let end = ending::of(session, server.clock.now(), zone);
    let words = words().signed_in_until(end.at);
    Json(Told { left: end.left, extendable: end.extendable, words }).into_response()
}
