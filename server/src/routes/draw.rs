//! Draws a page of `app` as a stream, in order: what is ready leaves at once.

use std::sync::Arc;

use app::desk::{Assets, FrameAncestors, LaunchDesk};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use leptos::prelude::*;

use crate::desk::Desk;
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

/// Draws a page of a launch, with its desk in the context.
pub async fn launch_page<View: IntoView + 'static>(
    server: &Arc<Server>,
    room: &Arc<Room>,
    page: impl Fn() -> View + Clone + Send + Sync + 'static,
) -> Response {
    let desk = Desk::of(server, room);
    let assets = server.assets.clone();
    let ancestors = FrameAncestors(
        server.config.tenant(&room.launch.tenant.0).map(|tenant| tenant.frame_ancestors.clone()).unwrap_or_default(),
    );
    let context = move || {
        provide(&assets);
        provide_context(ancestors.clone());
        provide_context::<Arc<dyn LaunchDesk>>(desk.clone());
    };
    drawn(StatusCode::OK, context, page).await
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
