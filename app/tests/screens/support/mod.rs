//! A desk with a plan of our own, and pages drawn the way the server draws them.

mod desk;
pub mod issues;
mod plan;

pub use desk::Desk;
pub use issues::picture_with_issues;
pub use plan::picture;

use std::sync::Arc;

use app::desk::{Assets, LaunchDesk};
use axum::body::{Body, to_bytes};
use http::Request;
use http::header::CONTENT_SECURITY_POLICY;
use leptos::prelude::*;

/// A drawn page: its HTML and its policy.
#[derive(Debug)]
pub struct Drawn {
    pub html: String,
    pub policy: String,
}

/// Draws a whole page in order, with a desk where there is one, and waits for its end.
pub async fn draw<V: IntoView + 'static>(
    desk: Option<Arc<Desk>>,
    page: impl Fn() -> V + Clone + Send + Sync + 'static,
) -> Drawn {
    app::pages::prepare();
    let context = move || {
        let own = str::to_owned;
        let assets = Assets {
            css: own("/pkg/a.css"),
            js: own("/pkg/a.js"),
            wasm: own("/pkg/a.wasm"),
            start: own("/pkg/start.js"),
        };
        provide_context(assets);
        if let Some(desk) = desk.clone() {
            provide_context::<Arc<dyn LaunchDesk>>(desk);
        }
    };
    let request = Request::builder().uri("/").body(Body::empty()).expect("a request");
    let response = leptos_axum::render_app_to_stream_in_order_with_context(context, page)(request).await;
    let policy = response
        .headers()
        .get(CONTENT_SECURITY_POLICY)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    Drawn { html: String::from_utf8(body.to_vec()).expect("text"), policy }
}
