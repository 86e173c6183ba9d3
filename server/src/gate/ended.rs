//! What a refused request is told where the session has ended: that it has, and what was typed.

use std::sync::Arc;

use app::pages::{TypedForm, session_ended_document};
use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use axum::http::{Method, StatusCode};
use axum::response::Response;

use super::{Admitted, AskedBy, Rule};
use crate::cookies;
use crate::routes::{FORM_BYTES, draw};
use crate::state::Server;

/// The refusal in better words, where there are any.
///
/// It depends on what this browser sent and on its own session only: a launch of somebody else and one that never was
/// are answered alike, with the status of any other hidden thing (P2). What was typed stands in the answer and nowhere
/// else, because nobody knows whose it is.
pub async fn instead(
    server: &Arc<Server>,
    rule: Rule,
    asked: &Admitted,
    request: Request,
    refused: Box<Response>,
) -> Box<Response> {
    if refused.status() != StatusCode::NOT_FOUND || rule.asked_by == AskedBy::Page {
        return refused;
    }
    let has_ended = asked.session.is_none() && !cookies::sessions(request.headers()).is_empty();
    let typed: Vec<TypedForm> = typed(request).await.filter(TypedForm::holds_text).into_iter().collect();
    if typed.is_empty() && !has_ended {
        return refused;
    }
    Box::new(draw::page(server, StatusCode::NOT_FOUND, move || session_ended_document(typed.clone(), false)).await)
}

/// The form that was sent.
async fn typed(request: Request) -> Option<TypedForm> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if request.method() != Method::POST || !kind.starts_with("application/x-www-form-urlencoded") {
        return None;
    }
    let function = request.uri().path().rsplit('/').next().unwrap_or_default().to_owned();
    let body = to_bytes(request.into_body(), FORM_BYTES).await.ok()?;
    Some(TypedForm { function, fields: serde_urlencoded::from_bytes(&body).ok()? })
}
