//! What one source allowed: tokens, scopes, the Patient id there.

use access::{LaunchId, Secret, StoreError, TenantId};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use url::Url;
use zeroize::Zeroizing;

use crate::digest::json_bytes;
use crate::{Scope, Unreadable};

/// What one source allowed. Kept by the server only, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    /// Goes only to addresses under the FHIR base it was issued for (checklist T10).
    pub access_token: Secret,
    /// When the access token ends.
    pub expires: Timestamp,
    /// What a new access token is got with, where the source gives one.
    pub refresh_token: Option<Secret>,
    /// What was granted, which may be more or less than what was asked for.
    pub scopes: Vec<Scope>,
    /// The `Patient` id at this source; `None` for a sign-in without a person.
    pub patient: Option<String>,
    /// Where tokens come from, as it was when the grant was made.
    pub token_endpoint: Url,
}

impl Grant {
    /// True from half a minute before the access token ends, so that it does not end on the way.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.expires.duration_since(now) <= SignedDuration::from_secs(30)
    }

    /// The grant as bytes, to be sealed at once.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let stored = Stored {
            access_token: self.access_token.expose().to_owned().into(),
            expires: self.expires,
            refresh_token: self.refresh_token.as_ref().map(|token| token.expose().to_owned().into()),
            scopes: self.scopes.iter().map(Scope::to_string).collect(),
            patient: self.patient.clone(),
            token_endpoint: self.token_endpoint.clone(),
        };
        json_bytes(&stored)
    }

    /// The grant from unsealed bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let stored: Stored = serde_json::from_slice(bytes).map_err(|_| Unreadable)?;
        Ok(Self {
            access_token: Secret::new(stored.access_token.as_str()),
            expires: stored.expires,
            refresh_token: stored.refresh_token.map(|token| Secret::new(token.as_str())),
            scopes: stored.scopes.iter().map(|text| Scope::parse(text)).collect(),
            patient: stored.patient,
            token_endpoint: stored.token_endpoint,
        })
    }
}

/// The stored form. A field that is added later must have a default: stored grants outlive the program.
#[derive(Serialize, Deserialize)]
struct Stored {
    access_token: Zeroizing<String>,
    expires: Timestamp,
    refresh_token: Option<Zeroizing<String>>,
    scopes: Vec<String>,
    patient: Option<String>,
    token_endpoint: Url,
}

/// Where grants are kept: sealed, one for each source of a launch, ended with the launch.
///
/// Each lies with the tenant of its launch. What another tenant has is answered as what is not there.
#[async_trait]
pub trait Grants: Send + Sync {
    /// Stores the grant, in the place of one that is there. A refreshed grant replaces both tokens in one step (T5). An
    /// error where the tenant has no such launch.
    async fn put(&self, tenant: &TenantId, launch: &LaunchId, source: &str, grant: &Grant) -> Result<(), StoreError>;
    /// Finds the grant of one source.
    async fn lookup(&self, tenant: &TenantId, launch: &LaunchId, source: &str) -> Result<Option<Grant>, StoreError>;
    /// Lists the grants of a launch with the sources they are from.
    async fn of_launch(&self, tenant: &TenantId, launch: &LaunchId) -> Result<Vec<(String, Grant)>, StoreError>;
    /// Stores a refreshed grant in the place of the one that the turn was taken for. False, and nothing stored, where that
    /// one is not there any more: neither does a forgotten grant come back by a late refresh, nor does a late refresh of an
    /// old grant take the place of a newer one.
    async fn replace(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
        grant: &Grant,
    ) -> Result<bool, StoreError>;
    /// Forgets the grant that the turn was taken for; false where that one is not there any more.
    async fn forget(&self, tenant: &TenantId, launch: &LaunchId, source: &str, turn: Turn) -> Result<bool, StoreError>;
    /// Forgets a grant; one that is not there is already forgotten.
    async fn remove(&self, tenant: &TenantId, launch: &LaunchId, source: &str) -> Result<(), StoreError>;
    /// Takes the turn to refresh a grant, for at most [`REFRESH_TURN`]; `None` while somebody else has it, in whatever
    /// process, and where there is no grant. Of two who ask at once, one gets it.
    async fn begin_refresh(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        now: Timestamp,
    ) -> Result<Option<Turn>, StoreError>;
    /// Gives the turn back. One that ended by itself, and is somebody else's now, stays theirs.
    async fn end_refresh(
        &self,
        tenant: &TenantId,
        launch: &LaunchId,
        source: &str,
        turn: Turn,
    ) -> Result<(), StoreError>;
    /// Waits a moment, before somebody else's turn is looked at again.
    async fn pause(&self) {
        a_moment().await;
    }
}

/// The wait of a keeper between two looks at somebody else's turn, in the running server: a refresh takes about as long.
pub(crate) async fn a_moment() {
    tokio::time::sleep(std::time::Duration::from_millis(100)).await;
}

/// How long a turn to refresh lasts: longer than a request may take, so that it ends by itself only where its process
/// ended.
pub const REFRESH_TURN: SignedDuration = SignedDuration::from_secs(60);

/// The turn to refresh a grant. A later turn ends later, which tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// When it ends by itself.
    pub until: Timestamp,
}

impl Turn {
    /// The turn that begins now.
    pub fn beginning(now: Timestamp) -> Self {
        Self { until: now.saturating_add(REFRESH_TURN).expect("a duration without calendar units") }
    }
}
