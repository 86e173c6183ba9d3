//! What a server client is made of.

use std::sync::Arc;

use access::Clock;
use access::clock::SystemClock;
use fhir::SourceId;
use url::Url;

use crate::{AccessTokens, Capability, Gates, Health, Pace, PageLimits, Remembered, SystemPace};

/// What a [`crate::FhirServer`] is made of.
#[derive(Clone)]
pub struct Options {
    /// The source that this server is.
    pub source: SourceId,
    /// FHIR base, such as `https://ehr.example/fhir/r4`; a last slash does not matter.
    pub base: Url,
    /// The guarded way out.
    pub outbound: outbound::Client,
    /// Tokens of the grant; `None` for an open server.
    pub tokens: Option<Arc<dyn AccessTokens>>,
    /// Requests at once; 16 unless the source needs fewer (8 for Epic).
    pub parallel: usize,
    /// How the server does; one for all users of the source.
    pub health: Arc<Health>,
    /// Limits on requests at once that it shares with other servers.
    pub gates: Gates,
    /// What was learned of the server by earlier launches; one for all users of the source.
    pub remembered: Arc<Remembered>,
    /// What the server said it can do, where it is known for sure.
    pub known: Option<Arc<Capability>>,
    /// Caps on pages and entries of one search.
    pub pages: PageLimits,
    /// Caps on one page of a search, and on the CapabilityStatement.
    pub page: outbound::Limits,
    /// Caps on one resource.
    pub resource: outbound::Limits,
    /// The time, for `Retry-After` dates and for how long a failing server is left alone.
    pub clock: Arc<dyn Clock>,
    /// Waiting and chance.
    pub pace: Arc<dyn Pace>,
}

impl Options {
    /// Options with the defaults of the house, without tokens.
    pub fn new(source: SourceId, base: Url, outbound: outbound::Client) -> Self {
        Self {
            source,
            base,
            outbound,
            tokens: None,
            parallel: 16,
            health: Arc::default(),
            gates: Gates::default(),
            remembered: Arc::default(),
            known: None,
            pages: PageLimits::default(),
            page: outbound::Limits::PAGE,
            resource: outbound::Limits::RESOURCE,
            clock: Arc::new(SystemClock),
            pace: Arc::new(SystemPace),
        }
    }

    /// Sends these tokens.
    #[must_use]
    pub fn tokens(mut self, tokens: Arc<dyn AccessTokens>) -> Self {
        self.tokens = Some(tokens);
        self
    }

    /// Makes so many requests at once.
    #[must_use]
    pub fn parallel(mut self, parallel: usize) -> Self {
        self.parallel = parallel;
        self
    }

    /// Passes these gates with each request.
    #[must_use]
    pub fn gates(mut self, gates: Gates) -> Self {
        self.gates = gates;
        self
    }

    /// Shares what was learned of the server with its other users.
    #[must_use]
    pub fn remembered(mut self, remembered: Arc<Remembered>) -> Self {
        self.remembered = remembered;
        self
    }

    /// Shares what is known of how the server does with its other users.
    #[must_use]
    pub fn health(mut self, health: Arc<Health>) -> Self {
        self.health = health;
        self
    }
}
