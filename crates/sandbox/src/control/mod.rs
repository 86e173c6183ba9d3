//! The control page: stop and start EHRs, make them misbehave, end their tokens.

mod expire;
mod fault;
mod hostility;
mod page;
mod power;

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{self, Next},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};

use crate::{
    ehr::RunningEhr,
    page::{Page, styles},
};

/// All EHRs of the sandbox.
type Ehrs = Arc<[RunningEhr]>;

/// The page and its forms.
pub(crate) fn router(ehrs: Ehrs) -> Router {
    Router::new()
        .route("/", get(page::page))
        .route("/ehrs/{id}/fault", post(fault::set))
        .route("/ehrs/{id}/hostile", post(hostility::set))
        .route("/ehrs/{id}/stop", post(power::stop))
        .route("/ehrs/{id}/start", post(power::start))
        .route("/ehrs/{id}/expire-tokens", post(expire::expire))
        .route("/ehrs/{id}/end-grants", post(expire::end_grants))
        .route("/ehr.css", get(styles))
        .layer(middleware::from_fn(own_forms_only))
        .with_state(ehrs)
}

/// Refuses forms that a page of another site sends: browsers say so (Fetch Metadata), and programs send no such header.
async fn own_forms_only(request: Request, next: Next) -> Response {
    let site = request.headers().get("sec-fetch-site").map(|value| value.as_bytes());
    let reads = request.method().is_safe();
    if reads || matches!(site, None | Some(b"same-origin" | b"none")) {
        next.run(request).await
    } else {
        answer(StatusCode::FORBIDDEN, "Only the control page itself may send this form.")
    }
}

fn find<'a>(ehrs: &'a Ehrs, id: &str) -> Option<&'a RunningEhr> {
    ehrs.iter().find(|ehr| ehr.id() == id)
}

fn nowhere() -> Response {
    answer(StatusCode::NOT_FOUND, "There is no EHR of that id.")
}

/// Back to the page after a form.
fn done() -> Response {
    Redirect::to("/").into_response()
}

fn answer(status: StatusCode, sentence: &str) -> Response {
    (status, Page::new("Sandbox", "Not done").body(format!("<h1>Not done</h1><p role=\"alert\">{sentence}</p>")))
        .into_response()
}
