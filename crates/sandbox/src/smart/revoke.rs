//! `POST /auth/revoke` (RFC 7009).

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};

use super::{
    Authority,
    token::{TokenError, authenticate, form},
};

/// Ends a token of the client that asks. An unknown token is answered the same (section 2.2).
pub(super) async fn revoke(State(authority): State<Arc<Authority>>, headers: HeaderMap, body: Bytes) -> Response {
    match serve(&authority, &headers, &body).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => error.into_response(),
    }
}

async fn serve(authority: &Authority, headers: &HeaderMap, body: &[u8]) -> Result<(), TokenError> {
    let parameters = form(headers, body)?;
    let client = authenticate(authority, headers, &parameters).await?;
    let token = parameters.get("token").ok_or(TokenError::InvalidRequest("The parameter token is missing."))?;
    authority.memory().revoke(token, &client.id);
    Ok(())
}
