//! A launch that waits for the answer of its source (checklist L4).

use std::fmt;

use access::{LaunchId, Secret, Sharing, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use crate::{Discovery, Unreadable};

/// The longest time between the request and its answer.
pub const PENDING_LIFETIME: SignedDuration = SignedDuration::from_mins(10);

/// What is known about a launch that waits for its answer. Kept by the server only, sealed, and used once.
#[derive(Clone, PartialEq, Eq)]
pub struct PendingLaunch {
    /// Tenant of the source.
    pub tenant: TenantId,
    /// The source that was asked; only its own callback address may answer (S7).
    pub source: String,
    /// What the source offered when it was asked.
    pub discovery: Discovery,
    /// The PKCE verifier.
    pub verifier: Secret,
    /// What an identity token must repeat, where it repeats anything.
    pub nonce: Secret,
    /// Hash of the secret in the cookie of the browser that asked.
    pub browser_hash: [u8; 32],
    /// The redirect address that was sent, to be sent again with the code.
    pub redirect_uri: Url,
    /// The scopes that were asked for; they count as granted where the answer does not say.
    pub scopes: Vec<String>,
    /// False for a sign-in without a person.
    pub expects_patient: bool,
    /// The launch that gets one more source; `None` for a new launch.
    pub for_launch: Option<LaunchId>,
    /// What the grant is to be shared for; `None` where it serves its launch only.
    pub sharing: Option<Sharing>,
    /// When it began.
    pub created: Timestamp,
}

impl PendingLaunch {
    /// The pending launch as bytes, to be sealed at once.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let stored = Stored {
            tenant: self.tenant.clone(),
            source: self.source.clone(),
            discovery: self.discovery.clone(),
            verifier: self.verifier.expose().to_owned().into(),
            nonce: self.nonce.expose().to_owned().into(),
            browser_hash: self.browser_hash,
            redirect_uri: self.redirect_uri.clone(),
            scopes: self.scopes.clone(),
            expects_patient: self.expects_patient,
            for_launch: self.for_launch.clone(),
            sharing: self.sharing.clone(),
            created: self.created,
        };
        crate::digest::json_bytes(&stored)
    }

    /// The pending launch from unsealed bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| Unreadable)?;
        Ok(Self {
            tenant: stored.tenant,
            source: stored.source,
            discovery: stored.discovery,
            verifier: Secret::new(stored.verifier.as_str()),
            nonce: Secret::new(stored.nonce.as_str()),
            browser_hash: stored.browser_hash,
            redirect_uri: stored.redirect_uri,
            scopes: stored.scopes,
            expects_patient: stored.expects_patient,
            for_launch: stored.for_launch,
            sharing: stored.sharing,
            created: stored.created,
        })
    }
}

/// Shows which launch it is, and no secret or hash.
impl fmt::Debug for PendingLaunch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingLaunch")
            .field("tenant", &self.tenant)
            .field("source", &self.source)
            .field("for_launch", &self.for_launch)
            .field("sharing", &self.sharing)
            .field("created", &self.created)
            .finish_non_exhaustive()
    }
}

/// The stored form.
#[derive(Serialize, Deserialize)]
struct Stored {
    tenant: TenantId,
    source: String,
    discovery: Discovery,
    verifier: Zeroizing<String>,
    nonce: Zeroizing<String>,
    browser_hash: [u8; 32],
    redirect_uri: Url,
    scopes: Vec<String>,
    expects_patient: bool,
    for_launch: Option<LaunchId>,
    #[serde(default)]
    sharing: Option<Sharing>,
    created: Timestamp,
}

/// Where pending launches are kept, sealed.
#[async_trait]
pub trait PendingLaunches: Send + Sync {
    /// Stores a pending launch until it is taken or ends.
    async fn put(&self, state_hash: [u8; 32], pending: &PendingLaunch, expires: Timestamp) -> Result<(), StoreError>;
    /// Deletes a pending launch and hands it over, in one step: of two who ask, one gets it. One that has ended is not
    /// there.
    async fn take(&self, state_hash: [u8; 32], now: Timestamp) -> Result<Option<PendingLaunch>, StoreError>;
}
