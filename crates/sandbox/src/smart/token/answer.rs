//! What the token endpoint answers: tokens, or an error of RFC 6749 section 5.2.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use crate::{
    page::never_stored,
    smart::{
        Authority,
        authority::{OFFLINE_LIFE, ONLINE_LIFE},
        id_token::id_token,
        memory::{AccessToken, Grant, GrantId, RefreshToken},
        scope::{Scope, has_word, written},
    },
};

/// Why there are no tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(in crate::smart) enum TokenError {
    /// Something is missing, twice or not understood.
    #[error("{0}")]
    InvalidRequest(&'static str),
    /// The client did not prove who it is.
    #[error("{0}")]
    InvalidClient(&'static str),
    /// The code or the refresh token is not good.
    #[error("{0}")]
    InvalidGrant(&'static str),
    /// More was asked than was granted, or nothing of it can be granted.
    #[error("{0}")]
    InvalidScope(&'static str),
    /// The client proved who it is, and is not registered for this.
    #[error("{0}")]
    UnauthorizedClient(&'static str),
    /// The grant type is not known here.
    #[error("The grant type is not supported.")]
    UnsupportedGrantType,
}

impl IntoResponse for TokenError {
    fn into_response(self) -> Response {
        let (status, code) = match &self {
            Self::InvalidRequest(_) => (StatusCode::BAD_REQUEST, "invalid_request"),
            Self::InvalidClient(_) => (StatusCode::UNAUTHORIZED, "invalid_client"),
            Self::InvalidGrant(_) => (StatusCode::BAD_REQUEST, "invalid_grant"),
            Self::InvalidScope(_) => (StatusCode::BAD_REQUEST, "invalid_scope"),
            Self::UnauthorizedClient(_) => (StatusCode::BAD_REQUEST, "unauthorized_client"),
            Self::UnsupportedGrantType => (StatusCode::BAD_REQUEST, "unsupported_grant_type"),
        };
        let body = json!({ "error": code, "error_description": self.to_string() });
        let mut response = (status, Json(body)).into_response();
        never_stored(response.headers_mut());
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Basic realm=\"token\""));
        }
        response
    }
}

/// Whether an answer says again who the user is.
pub(super) enum Identity<'a> {
    /// At the first exchange, with the client's nonce.
    Told(Option<&'a str>),
    /// At a refresh: nothing new.
    AlreadyKnown,
}

/// Gives out an access token, and a refresh token where the scopes say so.
pub(super) fn tokens(
    authority: &Authority,
    id: GrantId,
    grant: &Grant,
    scopes: &[Scope],
    identity: Identity<'_>,
) -> Response {
    let now = authority.now();
    let access = authority.opaque();
    let life = authority.access_token_life(grant);
    let token = AccessToken { grant: id, scopes: scopes.to_vec(), expires: now + life };
    authority.memory().put_access(access.clone(), token, now);
    let mut body = json!({
        "access_token": access,
        "token_type": "Bearer",
        "expires_in": life.as_secs(),
        "scope": written(scopes),
    });
    if let Some(patient) = &grant.patient {
        body["patient"] = json!(patient);
        // The sandbox's frame shows nobody's name, so that the application must.
        body["need_patient_banner"] = Value::Bool(true);
    }
    if let Some(refresh) = refresh_token(authority, id, grant) {
        body["refresh_token"] = json!(refresh);
    }
    let user = grant.user.as_deref().and_then(|user| authority.directory.user(user));
    if let (Identity::Told(nonce), Some(user)) = (identity, user)
        && let Some(token) = id_token(authority, user, &grant.client, scopes, nonce)
    {
        body["id_token"] = json!(token);
    }
    let mut response = Json(body).into_response();
    never_stored(response.headers_mut());
    response
}

fn refresh_token(authority: &Authority, id: GrantId, grant: &Grant) -> Option<String> {
    let life = if has_word(&grant.scopes, "offline_access") {
        OFFLINE_LIFE
    } else if has_word(&grant.scopes, "online_access") {
        ONLINE_LIFE
    } else {
        return None;
    };
    let text = authority.opaque();
    let token = RefreshToken { grant: id, expires: authority.now() + life, used: false };
    authority.memory().put_refresh(text.clone(), token);
    Some(text)
}
