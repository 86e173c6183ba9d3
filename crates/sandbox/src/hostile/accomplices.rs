//! Who else plays a part in a lie: another EHR of the sandbox, a collector that nobody registered, another person.

use url::Url;

/// A host that no client is registered with; `.example` never leads anywhere (RFC 2606).
pub(super) const COLLECTOR: &str = "https://collector.example";

/// Another EHR of the same sandbox.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    /// Its issuer, which is its origin.
    pub(crate) issuer: String,
    /// Redirect addresses that are registered there.
    pub(crate) callbacks: Vec<Url>,
}

impl Peer {
    pub(super) fn token_endpoint(&self) -> String {
        format!("{}/auth/token", self.issuer)
    }
}
