//! The token endpoint (checklist section 3).

mod answer;
mod authentication;
mod backend;
mod context;
mod exchange;
mod refresh;
mod renew;
mod revoke;

use oauth2::basic::{
    BasicErrorResponse, BasicErrorResponseType, BasicRevocationErrorResponse, BasicTokenIntrospectionResponse,
};
use oauth2::{
    AuthType, ClientId, ClientSecret, EndpointNotSet, EndpointSet, RequestTokenError, StandardRevocableToken, TokenUrl,
};
use url::Url;

pub(crate) use answer::{Beside, TokenAnswer};
use authentication::SendError;

pub use backend::BackendError;
pub(crate) use backend::BackendTokens;
pub use context::{AuthorizationDetail, ContextItem, Intent, LaunchContext};
pub use refresh::RefreshError;
pub use renew::{GrantPlace, RenewError};
pub use revoke::{RevokeError, Revoked};

use crate::{Client, ClientAuth};

/// The OAuth client with our own reading of the answer.
type OAuth = oauth2::Client<
    BasicErrorResponse,
    TokenAnswer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// The OAuth client for one registration.
fn oauth(client: &Client, token_endpoint: &Url) -> OAuth {
    let oauth = oauth2::Client::new(ClientId::new(client.client_id.clone()))
        .set_token_uri(TokenUrl::from_url(token_endpoint.clone()));
    match &client.auth {
        ClientAuth::SecretBasic(secret) => {
            oauth.set_client_secret(ClientSecret::new(secret.expose().to_owned())).set_auth_type(AuthType::BasicAuth)
        }
        ClientAuth::SecretPost(secret) => {
            oauth.set_client_secret(ClientSecret::new(secret.expose().to_owned())).set_auth_type(AuthType::RequestBody)
        }
        // The library puts the client id into the body; where an assertion is sent it is taken out again.
        ClientAuth::Public | ClientAuth::PrivateKeyJwt(_) => oauth.set_auth_type(AuthType::RequestBody),
    }
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The token endpoint did not answer.
    #[error("the token endpoint of source {source_id} could not be asked")]
    NotAsked {
        /// The source.
        source_id: String,
        /// Why.
        #[source]
        cause: outbound::OutboundError,
    },
    /// The token endpoint is out of order.
    #[error("the token endpoint of source {source_id} answered {status}")]
    Status {
        /// The source.
        source_id: String,
        /// HTTP status, 500 or above.
        status: u16,
    },
    /// The token endpoint said no.
    #[error("the token endpoint of source {source_id} refused: {refusal:?}")]
    Refused {
        /// The source.
        source_id: String,
        /// Why.
        refusal: TokenRefusal,
    },
    /// The answer is no token answer, or not about a bearer token.
    #[error("the token endpoint of source {source_id} sent an answer that cannot be used")]
    NotUnderstood {
        /// The source.
        source_id: String,
    },
    /// The token endpoint lies at an origin that is not, or no longer, allowed for this source.
    #[error("the token endpoint of source {source_id} lies at an origin that is not allowed for it")]
    ForeignEndpoint {
        /// The source.
        source_id: String,
    },
    /// The client assertion could not be signed.
    #[error("the key for source {source_id} could not sign")]
    NotSigned {
        /// The source.
        source_id: String,
    },
}

/// What a token endpoint said instead of a token (RFC 6749 section 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenRefusal {
    /// The code, or the refresh token, is not valid (any more).
    InvalidGrant,
    /// The source does not accept who we say we are.
    InvalidClient,
    /// The source does not grant the scopes.
    InvalidScope,
    /// Anything else.
    Other,
}

/// Puts the library's error into our words. It may hold the whole answer, so nothing of it is kept.
fn explain(client: &Client, error: &RequestTokenError<SendError, BasicErrorResponse>) -> TokenError {
    let source_id = client.source.clone();
    match error {
        RequestTokenError::ServerResponse(answer) => {
            let refusal = match answer.error() {
                BasicErrorResponseType::InvalidGrant => TokenRefusal::InvalidGrant,
                BasicErrorResponseType::InvalidClient => TokenRefusal::InvalidClient,
                BasicErrorResponseType::InvalidScope => TokenRefusal::InvalidScope,
                BasicErrorResponseType::InvalidRequest
                | BasicErrorResponseType::UnauthorizedClient
                | BasicErrorResponseType::UnsupportedGrantType
                | BasicErrorResponseType::Extension(_) => TokenRefusal::Other,
            };
            TokenError::Refused { source_id, refusal }
        }
        RequestTokenError::Request(SendError::Outbound(cause)) => {
            TokenError::NotAsked { source_id, cause: cause.clone() }
        }
        RequestTokenError::Request(SendError::Status(status)) => TokenError::Status { source_id, status: *status },
        RequestTokenError::Request(SendError::NotSigned) => TokenError::NotSigned { source_id },
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => TokenError::NotUnderstood { source_id },
    }
}
