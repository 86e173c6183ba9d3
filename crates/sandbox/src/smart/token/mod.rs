//! `POST /auth/token` (RFC 6749 section 3.2; SMART App Launch 2.2).

mod answer;
mod assertion;
mod backend;
mod client_auth;
mod client_keys;
mod code;
mod refresh;

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};

pub(super) use answer::TokenError;
pub(super) use client_auth::authenticate;

use super::{Authority, form::Parameters};

/// Authenticates the client and serves its grant type.
pub(super) async fn token(State(authority): State<Arc<Authority>>, headers: HeaderMap, body: Bytes) -> Response {
    match serve(&authority, &headers, &body).await {
        Ok(answer) => answer,
        Err(error) => error.into_response(),
    }
}

async fn serve(authority: &Authority, headers: &HeaderMap, body: &[u8]) -> Result<Response, TokenError> {
    let parameters = form(headers, body)?;
    let client = authenticate(authority, headers, &parameters).await?;
    match parameters.get("grant_type") {
        Some("authorization_code") => code::redeem(authority, client, &parameters),
        Some("refresh_token") => refresh::redeem(authority, client, &parameters),
        Some("client_credentials") => backend::give(authority, client, &parameters),
        Some(_) => Err(TokenError::UnsupportedGrantType),
        None => Err(TokenError::InvalidRequest("The parameter grant_type is missing.")),
    }
}

/// Reads the body, which must say that it is a form.
pub(super) fn form(headers: &HeaderMap, body: &[u8]) -> Result<Parameters, TokenError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(TokenError::InvalidRequest("The body must be application/x-www-form-urlencoded."));
    }
    let text = std::str::from_utf8(body).map_err(|_| TokenError::InvalidRequest("The body is not UTF-8."))?;
    Parameters::parse(text).map_err(|_| TokenError::InvalidRequest("A parameter stands twice."))
}
