//! The routes: one endpoint a file.

mod authorize;
mod authorize_form;
mod callback;
mod connect;
mod draw;
mod events;
mod function;
mod goal;
mod health;
mod jwks;
mod launch;
mod plan;
mod plan_json;
mod sign_in;
mod sign_out;
mod sources;
mod start;
pub mod trouble;

use std::sync::Arc;

use axum::Router;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{any, get, get_service, post};
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::services::{ServeDir, ServeFile};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::middleware::{enter_launch, no_referrer, protect};
use crate::state::Server;

/// Longest form that is taken.
const FORM_BYTES: usize = 256 * 1024;

/// Everything that users reach.
pub fn router(server: Arc<Server>) -> Router {
    let of_a_launch = Router::new()
        .route("/plan", get(plan::page))
        .route("/plan/board", get(plan::board))
        .route("/plan.json", get(plan_json::send))
        .route("/events", get(events::stream))
        .route("/goals/{item}", get(goal::page))
        .route("/sources", get(sources::page))
        .route("/connect/{source}", get(connect::begin))
        .route("/api/{*function}", any(function::call))
        .layer(from_fn_with_state(server.clone(), enter_launch));
    let launching = Router::new()
        .route("/launch", get(launch::begin))
        .route("/callback/{source}", get(callback::finish))
        .layer(from_fn(no_referrer));
    let built = ServeDir::new(server.site.root.join(&server.site.pkg)).precompressed_br().precompressed_gzip();
    let for_ever = SetResponseHeaderLayer::overriding(
        CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    Router::new()
        .route("/", get(start::page))
        .route("/sign-in", get(sign_in::page))
        .route("/sign-out", post(sign_out::end))
        .route("/.well-known/jwks.json", get(jwks::keys))
        .route("/healthz", get(health::alive))
        .route("/favicon.svg", get_service(ServeFile::new(server.site.root.join("favicon.svg"))))
        .merge(launching)
        .nest("/l/{launch}", of_a_launch)
        .nest_service(&format!("/{}", server.site.pkg), tower::ServiceBuilder::new().layer(for_ever).service(built))
        .fallback(trouble::no_such_page)
        .layer(axum::extract::DefaultBodyLimit::max(FORM_BYTES))
        .layer(CsrfLayer::new())
        .layer(CompressionLayer::new())
        .layer(from_fn(protect))
        .with_state(server)
        .layer(tower_http::catch_panic::CatchPanicLayer::custom(|_| {
            axum::response::IntoResponse::into_response((
                StatusCode::INTERNAL_SERVER_ERROR,
                "Something went wrong on our side.",
            ))
        }))
}
