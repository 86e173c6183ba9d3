//! The way from the OAuth library to the wire: the guarded client, and client authentication by assertion (T1, T3).

use std::pin::Pin;

use access::{Clock, Randomness, Secret};
use bytes::Bytes;
use http::{HeaderName, HeaderValue};
use oauth2::{AsyncHttpClient, HttpRequest, HttpResponse};
use outbound::{Limits, OutboundError, Request};
use url::{Url, form_urlencoded};

use crate::keys::assertion;
use crate::{Client, ClientAuth};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// What is needed to send one token request.
pub(super) struct Sender<'a> {
    pub(super) client: &'a Client,
    /// Where the request goes: the token endpoint, save for a revocation.
    pub(super) target: &'a Url,
    /// Audience of assertions, wherever they are sent.
    pub(super) token_endpoint: &'a Url,
    pub(super) outbound: &'a outbound::Client,
    pub(super) clock: &'a dyn Clock,
    pub(super) random: &'a dyn Randomness,
}

/// Why a token request brought no answer that is worth reading.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    #[error("not asked")]
    Outbound(#[source] OutboundError),
    #[error("status {0}")]
    Status(u16),
    #[error("not signed")]
    NotSigned,
}

impl<'c> AsyncHttpClient<'c> for Sender<'_> {
    type Error = SendError;
    // Boxed and named `Send`: of a closure's future the compiler cannot prove it for every lifetime, and handlers need it.
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, SendError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

impl<'a> Sender<'a> {
    /// The same for another endpoint of the source.
    pub(super) fn to(self, target: &'a Url) -> Self {
        Self { target, ..self }
    }

    /// Sends the request that the library made, once.
    pub(super) async fn send(&self, request: HttpRequest) -> Result<HttpResponse, SendError> {
        let (parts, mut body) = request.into_parts();
        if let ClientAuth::PrivateKeyJwt(key) = &self.client.auth {
            let now = self.clock.now();
            let signed = assertion(key, &self.client.client_id, self.token_endpoint, now, self.random);
            body = with_assertion(&body, &signed.ok_or(SendError::NotSigned)?);
        }
        let mut outgoing = Request::post(self.target.clone(), Bytes::from(body)).limits(Limits::DISCOVERY);
        for (name, value) in &parts.headers {
            outgoing = outgoing.header(name.clone(), sensitive(name, value));
        }
        let answer = self.outbound.send(outgoing).await.map_err(SendError::Outbound)?;
        if answer.status.is_server_error() {
            return Err(SendError::Status(answer.status.as_u16()));
        }
        // The content type stays behind: some servers name it wrongly, and the body itself shows whether it is JSON.
        // The library reads the first JSON value and ignores what follows it; an answer with more than one is none.
        let whole = serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body).is_ok();
        let mut response = HttpResponse::new(if whole { answer.body.to_vec() } else { Vec::new() });
        *response.status_mut() = answer.status;
        Ok(response)
    }
}

/// Puts the assertion into the body, and takes out the client id, which stands in the assertion (T1).
fn with_assertion(body: &[u8], assertion: &Secret) -> Vec<u8> {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form_urlencoded::parse(body).filter(|(name, _)| name != "client_id"))
        .append_pair("client_assertion_type", ASSERTION_TYPE)
        .append_pair("client_assertion", assertion.expose())
        .finish()
        .into_bytes()
}

/// Marks the secret header, so that libraries below do not show it.
fn sensitive(name: &HeaderName, value: &HeaderValue) -> HeaderValue {
    let mut value = value.clone();
    value.set_sensitive(name == http::header::AUTHORIZATION);
    value
}
