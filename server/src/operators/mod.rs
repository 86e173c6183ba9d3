//! What operators ask: `/readyz` and `/metrics`, on an address of their own.

mod metrics;
mod ready;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::events::Stream;
use crate::state::Server;

pub use metrics::CountedAudit;

/// What both pages look at.
#[derive(Clone)]
struct Looked {
    server: Arc<Server>,
    stream: Stream,
}

/// The pages for operators.
pub fn router(server: Arc<Server>, stream: Stream) -> Router {
    let looked = Looked { server, stream };
    Router::new().route("/readyz", get(readyz)).route("/metrics", get(figures)).with_state(looked)
}

/// 503 where a store does not answer: then nothing can be shown. A broker that is away is only said: events are kept until
/// it is back.
async fn readyz(State(looked): State<Looked>) -> (StatusCode, String) {
    let report = ready::look(&looked.server, &looked.stream).await;
    (if report.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, report.to_string())
}

async fn figures(State(looked): State<Looked>) -> Response {
    let text = "text/plain; version=0.0.4";
    ([(header::CONTENT_TYPE, text)], metrics::lines(&looked.server, &looked.stream).await).into_response()
}
