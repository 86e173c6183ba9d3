//! A grant is given back (checklist T8, RFC 7009).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Method};
use oauth2::HttpRequest;
use url::form_urlencoded;

use super::authentication::{SendError, Sender};
use super::{TokenError, TokenRefusal};
use crate::{Client, ClientAuth, DiscoveryError, Grant, Smart};

impl Smart {
    /// Tells the source that a grant is not used any more. Our own copy is deleted by the caller in any case, whatever
    /// comes back here.
    ///
    /// The refresh token is given back where there is one, which ends the access token too; else the access token.
    pub async fn revoke(&self, client: &Client, grant: &Grant) -> Result<Revoked, RevokeError> {
        let discovery = self.discover(client).await?;
        let Some(endpoint) = discovery.revocation_endpoint.as_ref() else { return Ok(Revoked::NotOffered) };
        let source_id = || client.source.clone();
        let sender: Sender<'_> = self.sender(client, &grant.token_endpoint)?.to(endpoint);
        let answer = sender.send(request(client, grant)).await.map_err(|error| match error {
            SendError::Outbound(cause) => TokenError::NotAsked { source_id: source_id(), cause },
            SendError::Status(status) => TokenError::Status { source_id: source_id(), status },
            SendError::NotSigned => TokenError::NotSigned { source_id: source_id() },
        })?;
        if answer.status().is_success() {
            tracing::info!(source_id = %client.source, "grant given back");
            Ok(Revoked::Yes)
        } else {
            Err(TokenError::Refused { source_id: source_id(), refusal: TokenRefusal::Other }.into())
        }
    }
}

/// The request, with whoever we are in it; an assertion is added when it is sent.
fn request(client: &Client, grant: &Grant) -> HttpRequest {
    let (token, hint) = match &grant.refresh_token {
        Some(token) => (token, "refresh_token"),
        None => (&grant.access_token, "access_token"),
    };
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.append_pair("token", token.expose()).append_pair("token_type_hint", hint);
    let mut request = HttpRequest::new(Vec::new());
    *request.method_mut() = Method::POST;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    match &client.auth {
        ClientAuth::SecretBasic(secret) => {
            let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
            let pair = format!("{}:{}", encoded(&client.client_id), encoded(secret.expose()));
            let value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)));
            headers.insert(AUTHORIZATION, value.expect("base64 can stand in a header"));
        }
        ClientAuth::SecretPost(secret) => {
            body.append_pair("client_id", &client.client_id).append_pair("client_secret", secret.expose());
        }
        // Where an assertion is sent, the sender adds it and takes the id out.
        ClientAuth::Public | ClientAuth::PrivateKeyJwt(_) => {
            body.append_pair("client_id", &client.client_id);
        }
    }
    *request.body_mut() = body.finish().into_bytes();
    request
}

/// What became of a grant at its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// It has ended there.
    Yes,
    /// The source takes nothing back: what we had ends by itself.
    NotOffered,
}

/// Why a grant could not be given back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevokeError {
    /// It could not be found out where.
    #[error(transparent)]
    Discovery(#[from] DiscoveryError),
    /// The source did not take it back.
    #[error(transparent)]
    Token(#[from] TokenError),
}
