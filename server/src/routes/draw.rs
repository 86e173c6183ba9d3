//! Draws a page of `app` as a stream, in order: what is ready leaves at once.

use std::sync::Arc;

use access::Session;
use app::desk::{Assets, LaunchDesk, SessionEnd};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use jiff::tz::TimeZone;
use leptos::prelude::*;

use crate::desk::Desk;
use crate::ending;
use crate::middleware::ShownBy;
use crate::rooms::Room;
use crate::state::Server;

/// Draws a page outside of a launch.
pub async fn page<View: IntoView + 'static>(
    server: &Arc<Server>,
    status: StatusCode,
    page: impl Fn() -> View + Clone + Send + Sync + 'static,
) -> Response {
    let assets = server.assets.clone();
    drawn(status, move || provide(&assets), page).await
}

/// Draws a page of a signed-in user outside of a launch, which says when the session ends.
pub async fn page_of_session<View: IntoView + 'static>(
    server: &Arc<Server>,
    session: &Session,
    zone: &TimeZone,
    page: impl Fn() -> View + Clone + Send + Sync + 'static,
) -> Response {
    let assets = server.assets.clone();
    let end = ending::of(session, server.clock.now(), zone);
    let context = move || {
        provide(&assets);
        provide_context(end);
    };
    drawn(StatusCode::OK, context, page).await
}

/// Draws a page of a launch, with its desk in the context.
pub async fn launch_page<View: IntoView + 'static>(
    server: &Arc<Server>,
    room: &Arc<Room>,
    page: impl Fn() -> View + Clone + Send + Sync + 'static,
) -> Response {
    let desk = Desk::of(server, room);
    let assets = server.assets.clone();
    let end = session_end(server, room).await;
    let context = move || {
        provide(&assets);
        if let Some(end) = end {
            provide_context(end);
        }
        provide_context::<Arc<dyn LaunchDesk>>(desk.clone());
    };
    let mut response = drawn(StatusCode::OK, context, page).await;
    response.extensions_mut().insert(ShownBy(room.launch.tenant.clone()));
    response
}

/// When the session ends that the launch is open in; a page that cannot say it is drawn without.
async fn session_end(server: &Server, room: &Room) -> Option<SessionEnd> {
    let (session, now) = (server.rooms.session_of(&room.launch.id)?, server.clock.now());
    let session = server.sessions.peek(session, now).await.ok()??;
    Some(ending::of(&session, now, &room.time_zone))
}

fn provide(assets: &Assets) {
    provide_context(assets.clone());
}

async fn drawn<View: IntoView + 'static>(
    status: StatusCode,
    context: impl Fn() + Clone + Send + Sync + 'static,
    page: impl Fn() -> View + Clone + Send + Sync + 'static,
) -> Response {
    let draw = leptos_axum::render_app_to_stream_in_order_with_context(context, page);
    let mut response = draw(Request::new(Body::empty())).await;
    if status != StatusCode::OK {
        *response.status_mut() = status;
    }
    response
}
