//! The client: checks, sends, and reads the answer within its limits.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{ACCEPT_ENCODING, USER_AGENT};
use http::{HeaderValue, StatusCode};
use reqwest::redirect;

use crate::limits::CONNECT;
use crate::resolver::{Guarded, Resolver};
use crate::{OutboundError, Policy, Request, Response, answer, tls};

/// Sends requests within a policy. Clones share connections.
#[derive(Clone)]
pub struct Client {
    policy: Arc<Policy>,
    http: reqwest::Client,
    patience: Duration,
}

impl Client {
    /// Makes a client that may go where the policy says, by addresses that the resolver finds.
    pub fn new(policy: Policy, resolver: Arc<dyn Resolver>) -> Result<Self, OutboundError> {
        Self::with_connect_limit(policy, resolver, CONNECT)
    }

    /// As [`Client::new`], with another limit than three seconds for looking up a name and connecting.
    #[expect(clippy::disallowed_methods, reason = "the one place where an HTTP client is built")]
    pub fn with_connect_limit(
        policy: Policy,
        resolver: Arc<dyn Resolver>,
        connect: Duration,
    ) -> Result<Self, OutboundError> {
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls::configuration()?)
            .dns_resolver(Guarded { resolver, development: policy.development })
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            .http1_only()
            .connect_timeout(connect)
            .pool_idle_timeout(Duration::from_secs(20))
            .build()
            .map_err(|_| OutboundError::BadRequest)?;
        Ok(Self { policy: Arc::new(policy), http, patience: Duration::MAX })
    }

    /// The same client, which waits no longer than this for the head of an answer, nor for its end, whatever a request
    /// allows.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Sends one request and reads its answer whole.
    ///
    /// # Errors
    /// When the policy forbids it, when there is no answer, and when the answer breaks a limit or redirects. Any other
    /// status, 404 and 500 too, is an answer.
    pub async fn send(&self, request: Request) -> Result<Response, OutboundError> {
        self.policy.check(&request.url)?;
        let whole = request.limits.whole.min(self.patience);
        tokio::time::timeout(whole, self.exchange(request)).await.map_err(|_| OutboundError::TimedOut)?
    }

    /// Sends one request and reads the status of its answer, and nothing of its body: what the other side says beyond that
    /// it has it is of no interest, however long it goes on.
    ///
    /// # Errors
    /// As [`Client::send`], apart from those about the body.
    pub async fn status(&self, request: Request) -> Result<StatusCode, OutboundError> {
        self.policy.check(&request.url)?;
        let whole = request.limits.whole.min(self.patience);
        let head = tokio::time::timeout(whole, self.head(request)).await.map_err(|_| OutboundError::TimedOut)??;
        Ok(head.status())
    }

    async fn exchange(&self, request: Request) -> Result<Response, OutboundError> {
        let limits = request.limits;
        answer::read(self.head(request).await?, limits).await
    }

    async fn head(&self, request: Request) -> Result<reqwest::Response, OutboundError> {
        let limits = request.limits;
        let mut outgoing = reqwest::Request::new(request.method, request.url);
        *outgoing.headers_mut() = request.headers;
        outgoing.headers_mut().insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_TEXT));
        outgoing.headers_mut().insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        *outgoing.body_mut() = request.body.map(Into::into);

        let head = tokio::time::timeout(limits.first_byte.min(self.patience), self.http.execute(outgoing))
            .await
            .map_err(|_| OutboundError::TimedOut)?
            .map_err(|error| answer::explain(&error))?;
        let status = head.status();
        if status.is_redirection() && status != StatusCode::NOT_MODIFIED {
            return Err(OutboundError::Redirected { status });
        }
        Ok(head)
    }
}

const USER_AGENT_TEXT: &str = concat!("accord/", env!("CARGO_PKG_VERSION"));

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("policy", &self.policy).finish_non_exhaustive()
    }
}
