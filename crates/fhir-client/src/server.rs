//! One FHIR server: how a request leaves and what its answer means.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use access::Secret;
use fhir::SourceId;
use fhir::resource::is_id;
use http::header::{ACCEPT, AUTHORIZATION, CACHE_CONTROL};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use outbound::{Limits, OutboundError, Request, Response};
use tokio::sync::{OnceCell, Semaphore};
use url::Url;

use crate::links::{is_under, with_slash};
use crate::retry::{self, Try};
use crate::unable::Unable;
use crate::{Capability, FhirError, Options, Remembered, TokenError, Validators, answer, health};

const FHIR_JSON: HeaderValue = HeaderValue::from_static("application/fhir+json");
/// For servers that speak several releases (smart-launch F1).
const FHIR_JSON_R4: HeaderValue = HeaderValue::from_static("application/fhir+json; fhirVersion=4.0");
const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// One FHIR server, with the tokens of one grant. Clones are the same server: they share its limits and what is known of it.
#[derive(Clone)]
pub struct FhirServer {
    inner: Arc<Inner>,
}

struct Inner {
    options: Options,
    slots: Semaphore,
    capability: OnceCell<Arc<Capability>>,
    unable: Unable,
    /// The server does not take `Accept` with a version, although it says that it speaks several.
    plain_accept: AtomicBool,
}

/// One request, as it may have to be made more than once.
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<bytes::Bytes>,
    pub(crate) limits: Limits,
}

impl Call {
    /// True for what changes nothing at the server, so that it may be made again: reads, and searches by POST.
    fn only_reads(&self) -> bool {
        match self.method {
            Method::GET | Method::HEAD => true,
            Method::POST => self.url.path().ends_with("/_search"),
            _ => false,
        }
    }
}

impl FhirServer {
    /// A client of the server that the options describe. Sends nothing yet.
    pub fn new(options: Options) -> Self {
        let slots = Semaphore::new(options.parallel.max(1));
        let capability = OnceCell::new_with(options.known.clone());
        Self {
            inner: Arc::new(Inner {
                options,
                slots,
                capability,
                unable: Unable::default(),
                plain_accept: AtomicBool::new(false),
            }),
        }
    }

    /// The source that this server is.
    pub fn source(&self) -> &SourceId {
        &self.inner.options.source
    }

    /// The FHIR base.
    pub fn base(&self) -> &Url {
        &self.inner.options.base
    }

    /// What the server said it can do, where it has been asked already, without what it has refused to do since. Never
    /// sends anything.
    pub fn known_capability(&self) -> Option<Arc<Capability>> {
        let remembered = || self.options().remembered.usable(self.options().clock.now());
        Some(self.corrected(self.inner.capability.get().cloned().or_else(remembered)?))
    }

    /// A server that failed and is left alone is tried again at once: a person asks for it.
    pub fn try_again(&self) {
        self.options().health.breaker.end_rest();
    }

    /// What was learned of the server and holds for the next launch.
    pub fn remembered(&self) -> &Remembered {
        &self.options().remembered
    }

    pub(crate) fn corrected(&self, stated: Arc<Capability>) -> Arc<Capability> {
        self.inner.unable.corrects(stated)
    }

    pub(crate) fn options(&self) -> &Options {
        &self.inner.options
    }

    pub(crate) fn capability_cell(&self) -> &OnceCell<Arc<Capability>> {
        &self.inner.capability
    }

    /// The URL of path segments under the base.
    ///
    /// Types and ids come from records, so they are checked: a step such as `..` would lead elsewhere.
    pub(crate) fn url(&self, segments: &[&str]) -> Result<Url, FhirError> {
        let mut url = with_slash(self.base());
        let is_operation = |at: usize, segment: &str| at == 2 && segment == "_history";
        if !segments.iter().enumerate().all(|(at, segment)| is_id(segment) || is_operation(at, segment)) {
            return Err(FhirError::NotAllowed);
        }
        url.path_segments_mut().map_err(|()| FhirError::NotAllowed)?.pop_if_empty().extend(segments);
        Ok(url)
    }

    /// Asks, again where that may help, and turns an error status into an error.
    pub(crate) async fn get(&self, url: Url, limits: Limits) -> Result<Response, FhirError> {
        self.get_unless(url, limits, None).await
    }

    /// As [`FhirServer::get`], but an error with status 304 where the answer is the one that had these validators.
    pub(crate) async fn get_unless(
        &self,
        url: Url,
        limits: Limits,
        known: Option<&Validators>,
    ) -> Result<Response, FhirError> {
        let mut headers = HeaderMap::new();
        known.into_iter().for_each(|known| known.apply(&mut headers));
        // Some servers answer a search that was made before from memory; a plan is read to be current.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        self.send(Call { method: Method::GET, url, headers, body: None, limits }).await
    }

    /// Sends a request with the grant's token, and once more with a fresh token after a 401.
    pub(crate) async fn send(&self, call: Call) -> Result<Response, FhirError> {
        if !is_under(self.base(), &call.url) {
            return Err(FhirError::NotAllowed);
        }
        let response = match &self.options().tokens {
            None => self.tries(&call, None).await?,
            Some(tokens) => {
                let token = tokens.current().await?;
                let response = self.tries(&call, Some(&token)).await?;
                if response.status == StatusCode::UNAUTHORIZED {
                    let fresh = tokens.after_401(&token).await?;
                    self.tries(&call, Some(&fresh)).await?
                } else {
                    response
                }
            }
        };
        let Some(error) = answer::error(&response) else { return Ok(response) };
        if matches!(error, FhirError::NotSupported { .. }) {
            self.inner.unable.learn(&call.method, &self.segments(&call.url));
        }
        // Only a write can meet another version.
        let error = match error {
            FhirError::Stale if call.only_reads() => FhirError::Http { status: response.status.as_u16(), said: None },
            error => error,
        };
        match retry::too_long(response.status, &response.headers, self.options().clock.now()) {
            Some(seconds) => {
                let (status, said) = (response.status.as_u16(), error.said().map(str::to_owned));
                Err(FhirError::Busy { status, seconds, said })
            }
            None => Err(error),
        }
    }

    /// Makes the request, up to three times where it only reads.
    async fn tries(&self, call: &Call, token: Option<&Secret>) -> Result<Response, FhirError> {
        let Options { pace, clock, health, .. } = self.options();
        if !call.only_reads() {
            return Ok(self.once(call, token).await?);
        }
        health.budget.earn();
        let mut made = 0;
        loop {
            made += 1;
            let pass = health.breaker.enter(&**clock).await.map_err(|after| FhirError::Resting { after })?;
            let ended = self.once(call, token).await;
            pass.ended(health::failure(&ended), clock.now());
            let outcome = match &ended {
                Ok(response) if answer::says_it_passes(response) => Try::NoAnswer,
                Ok(response) => Try::Answered(response.status, &response.headers),
                Err(OutboundError::Unreachable | OutboundError::Truncated) => Try::NoAnswer,
                Err(_) => return Ok(ended?),
            };
            match retry::wait(made, &outcome, clock.now(), pace.fraction()) {
                Some(how_long) if health.budget.spend() => pace.pause(how_long).await,
                _ => return Ok(ended?),
            }
        }
    }

    fn accept(&self) -> HeaderValue {
        let several = self.inner.capability.get().is_some_and(|stated| stated.several_versions && stated.is_r4());
        if several && !self.inner.plain_accept.load(Ordering::Relaxed) { FHIR_JSON_R4 } else { FHIR_JSON }
    }

    /// The segments of an address below the base.
    fn segments<'a>(&self, url: &'a Url) -> Vec<&'a str> {
        let above = self.base().path().trim_end_matches('/').split('/').count();
        url.path().split('/').skip(above).collect()
    }

    /// Makes the request; again where the server takes the plain name of FHIR JSON only, though it speaks several releases.
    async fn once(&self, call: &Call, token: Option<&Secret>) -> Result<Response, OutboundError> {
        let accept = self.accept();
        let names_version = accept == FHIR_JSON_R4;
        let ended = self.exchange(call, token, accept).await;
        if names_version && ended.as_ref().is_ok_and(|response| response.status == StatusCode::NOT_ACCEPTABLE) {
            self.inner.plain_accept.store(true, Ordering::Relaxed);
            return self.exchange(call, token, FHIR_JSON).await;
        }
        ended
    }

    async fn exchange(
        &self,
        call: &Call,
        token: Option<&Secret>,
        accept: HeaderValue,
    ) -> Result<Response, OutboundError> {
        let mut request = Request::new(call.method.clone(), call.url.clone(), call.body.clone()).limits(call.limits);
        request.headers = call.headers.clone();
        request.headers.insert(ACCEPT, accept);
        let id = self.options().pace.request_id();
        if let Ok(value) = HeaderValue::from_str(&id) {
            request.headers.insert(X_REQUEST_ID, value);
        }
        if let Some(token) = token {
            let mut value =
                HeaderValue::from_str(&format!("Bearer {}", token.expose())).map_err(|_| OutboundError::BadRequest)?;
            value.set_sensitive(true);
            request.headers.insert(AUTHORIZATION, value);
        }
        let _slot = self.inner.slots.acquire().await.expect("the semaphore is never closed");
        let _places = self.options().gates.pass().await;
        let ended = self.options().outbound.send(request).await;
        let status = ended.as_ref().map(|response| response.status.as_u16()).ok();
        tracing::debug!(source = %self.source(), request = id, method = %call.method, status, "asked a source");
        ended
    }
}

impl std::fmt::Debug for FhirServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FhirServer").field("source", self.source()).finish_non_exhaustive()
    }
}

impl From<OutboundError> for FhirError {
    fn from(error: OutboundError) -> Self {
        match error {
            OutboundError::NotAllowed { .. } | OutboundError::PrivateAddress | OutboundError::BadRequest => {
                Self::NotAllowed
            }
            OutboundError::Unreachable | OutboundError::UntrustedCertificate => Self::Unreachable,
            OutboundError::TimedOut => Self::TimedOut,
            OutboundError::Truncated => Self::Truncated,
            OutboundError::TooLarge => Self::TooLarge,
            OutboundError::Redirected { status } => Self::Http { status: status.as_u16(), said: None },
            OutboundError::BadEncoding => answer::not_fhir("encoded in a way that was not asked for"),
        }
    }
}

impl From<TokenError> for FhirError {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::SignInExpired => Self::SignInExpired,
            TokenError::Unreachable => Self::Unreachable,
        }
    }
}
